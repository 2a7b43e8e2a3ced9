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
 */
record StatementState(StepOutcome outcome, Duration elapsed, Optional<StepFailure> failure) {
    /** It has not run yet. */
    static final StatementState NOT_RUN =
            new StatementState(StepOutcome.EXECUTED, Duration.ZERO, Optional.empty());

    /** What an earlier run left was dropped or finalized first. */
    StatementState repaired() {
        return new StatementState(StepOutcome.REPAIRED, elapsed, failure);
    }

    StatementState ran(Duration time) {
        return new StatementState(outcome, time, failure);
    }

    StatementState refused(StepFailure why) {
        return new StatementState(outcome, elapsed, Optional.of(why));
    }
}
