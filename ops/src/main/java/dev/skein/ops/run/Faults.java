package dev.skein.ops.run;

import dev.skein.protocol.log.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process after a fault: our own bug, or a corrupt log. */
final class Faults {
    private static final Logger LOGGER = LoggerFactory.getLogger(Faults.class);
    private static final int EXIT_CODE = 1;

    private Faults() {}

    /** Where the fold stopped, and what to do about it. */
    static String next(Position at) {
        return " at %s; look at the record with 'skein log inspect --at %s', pass over it with"
                        .formatted(at, at.path())
                + " 'skein log skip' if it has to be (ops/docs/runbooks.md)";
    }

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
