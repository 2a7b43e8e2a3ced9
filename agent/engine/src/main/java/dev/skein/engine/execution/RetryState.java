package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The failures of the step at hand. A step whose connection was lost counts as failed only once it
 * is known that it is not done.
 *
 * @param attempt the number of the attempt at the step at hand, from 1
 * @param writesFailed failed transactions, since the last step, that only write to the ledger
 * @param since when the step at hand first failed, where its retries are limited by time
 * @param lost the step that was running when the connection was lost
 */
record RetryState(int attempt, int writesFailed, Optional<Instant> since, Optional<Lost> lost) {
    /** Nothing has failed. */
    static final RetryState FIRST_ATTEMPT =
            new RetryState(1, 0, Optional.empty(), Optional.empty());

    /** A step that was running when the connection was lost. */
    record Lost(StepRef step, StepFailure failure) {}

    /**
     * The connection was lost; possibly again, while the fate of the lost step is still unknown.
     */
    RetryState lost(StepRef step, StepFailure failure) {
        return new RetryState(
                lost.isPresent() ? attempt + 1 : attempt,
                writesFailed,
                since,
                Optional.of(new Lost(step, failure)));
    }

    /** It is now known whether the lost step took effect. */
    RetryState withoutLost() {
        return new RetryState(attempt, writesFailed, since, Optional.empty());
    }

    /** The step at hand is this one; if another one was lost, that one was done. */
    RetryState atStep(StepRef step) {
        return lost.isPresent() && !lost.get().step().equals(step)
                ? new RetryState(1, writesFailed, Optional.empty(), Optional.empty())
                : this;
    }

    /** The step at hand is done. */
    RetryState stepDone() {
        return new RetryState(1, 0, Optional.empty(), lost);
    }

    /** The step at hand has failed, at this time or before. */
    RetryState failing(Instant now) {
        return since.isPresent()
                ? this
                : new RetryState(attempt, writesFailed, Optional.of(now), lost);
    }

    /** Whether the step at hand has been failing for as long as that. */
    boolean isFailingFor(Duration limit, Instant now) {
        return since.filter(first -> !now.isBefore(first.plus(limit))).isPresent();
    }

    RetryState nextAttempt() {
        return new RetryState(attempt + 1, writesFailed, since, lost);
    }

    RetryState writeFailed() {
        return new RetryState(attempt, writesFailed + 1, since, lost);
    }
}
