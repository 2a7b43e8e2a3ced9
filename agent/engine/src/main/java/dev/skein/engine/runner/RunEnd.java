package dev.skein.engine.runner;

import dev.skein.protocol.event.StepFailure;
import java.util.Optional;

/**
 * How a run ended. Whether the migration is in the database is for the version table to say.
 *
 * @param failure absent where the program reported success
 * @param output what it printed: bounded, redacted, without control characters but line ends
 */
public record RunEnd(Optional<StepFailure> failure, String output) {
    /** The agent has no such runner. */
    public static final String NO_RUNNER = "no-runner";

    /** The files of its directory are not those of the plan. */
    public static final String DIFFERS = "runner-differs";

    /** It could not be started. */
    public static final String UNFIT = "runner-unfit";
}
