package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * The run of a statement that no transaction bounds.
 *
 * @param outcome how its success is reported
 * @param elapsed how long it ran
 * @param failure why the server refused it, while it is found out what that left
 * @param output what the program printed that ran it
 */
record StatementState(
        StepOutcome outcome,
        Duration elapsed,
        Optional<StepFailure> failure,
        Optional<String> output) {
    /** It has not run yet. */
    static final StatementState NOT_RUN =
            new StatementState(
                    StepOutcome.EXECUTED, Duration.ZERO, Optional.empty(), Optional.empty());

    /** What an earlier run left was dropped or finalized first. */
    StatementState repaired() {
        return new StatementState(StepOutcome.REPAIRED, elapsed, failure, output);
    }

    StatementState ran(Reply.Done done) {
        return new StatementState(outcome, done.elapsed(), failure, done.output());
    }

    StatementState refused(StepFailure why) {
        return new StatementState(outcome, elapsed, Optional.of(why), output);
    }
}
