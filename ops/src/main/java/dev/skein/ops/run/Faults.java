package dev.skein.ops.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process after a fault: our own bug, or a corrupt log. */
final class Faults {
    private static final Logger LOGGER = LoggerFactory.getLogger(Faults.class);
    private static final int EXIT_CODE = 1;

    private Faults() {}

    /**
     * Safe on any thread. The exit runs on another thread, since it waits for the parts to stop.
     */
    static void end(String attempted, Throwable fault) {
        LOGGER.atError()
                .setCause(fault)
                .addKeyValue("error", String.valueOf(fault.getMessage()))
                .log(attempted + ": a fault, the process ends");
        new Thread(() -> System.exit(EXIT_CODE), "skein-fault").start();
    }
}
