package dev.skein.engine.runner;

import io.vertx.core.Future;
import java.util.Optional;

/** One run of a program, from its start to the end of all its processes. */
public interface Run {
    /** How it ended. Never fails. */
    Future<RunEnd> ended();

    /** The last line that it printed, redacted and without control characters. */
    Optional<String> lastLine();

    /** Asks the program to end, and ends it where it does not within its grace. */
    void stop();
}
