package dev.skein.ops.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when something happened that can never be. */
final class Faults {
    private static final Logger LOGGER = LoggerFactory.getLogger(Faults.class);
    private static final int EXIT_CODE = 1;

    private Faults() {}

    /** Called on any thread; the exit waits for the process's own stop on another one. */
    static void end(String attempted, Throwable fault) {
        LOGGER.atError()
                .setCause(fault)
                .addKeyValue("error", String.valueOf(fault.getMessage()))
                .log(attempted + ": a fault, the process ends");
        new Thread(() -> System.exit(EXIT_CODE), "skein-fault").start();
    }
}
