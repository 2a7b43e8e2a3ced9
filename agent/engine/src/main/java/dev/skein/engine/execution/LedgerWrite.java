package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What is written to the ledger in a transaction that runs nothing else. This is kept instead of
 * its records, because a second attempt gets the time of that attempt.
 */
sealed interface LedgerWrite {
    /** The phase in which it is written; what follows on it is in that phase's row of the table. */
    ExecutionPhase phase();

    /** How long the execution waits once it is written. */
    default Duration waitAfter() {
        return Duration.ZERO;
    }

    /** Answers with the visitor's overload for this write. */
    <R> R accept(Visitor<R> visitor);

    /** The order is accepted. */
    record OrderAcceptance() implements LedgerWrite {
        @Override
        public ExecutionPhase phase() {
            return ExecutionPhase.ACCEPTING;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * A statement starts.
     *
     * @param declared whether a person has declared that no earlier run of it took effect
     */
    record Start(PlannedStep plannedStep, boolean declared) implements LedgerWrite {
        @Override
        public ExecutionPhase phase() {
            return declared
                    ? ExecutionPhase.RECORDING_DECLARED_START
                    : ExecutionPhase.RECORDING_START;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** A step is done. */
    record Success(
            PlannedStep plannedStep, StepOutcome outcome, Duration elapsed, Optional<String> output)
            implements LedgerWrite {
        Success(PlannedStep plannedStep, StepOutcome outcome, Duration elapsed) {
            this(plannedStep, outcome, elapsed, Optional.empty());
        }

        @Override
        public ExecutionPhase phase() {
            return ExecutionPhase.RECORDING_SUCCESS;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * A step is tried again.
     *
     * @param waitAfter before the next attempt
     * @param clean whether the failed attempt is known to have left nothing behind
     */
    record Retry(PlannedStep plannedStep, StepFailure failure, Duration waitAfter, boolean clean)
            implements LedgerWrite {
        @Override
        public ExecutionPhase phase() {
            return ExecutionPhase.RECORDING_RETRY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * The order ends because a step failed.
     *
     * @param clean whether the step is known to have left nothing behind
     */
    record Failure(PlannedStep plannedStep, StepFailure failure, boolean clean)
            implements LedgerWrite {
        @Override
        public ExecutionPhase phase() {
            return ExecutionPhase.RECORDING_END;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** The order ends because the database is not as the plan has to find it. */
    record NotBegun(Refusal refusal) implements LedgerWrite {
        @Override
        public ExecutionPhase phase() {
            return ExecutionPhase.RECORDING_END;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** The order ends well, without another step. */
    record Completion() implements LedgerWrite {
        @Override
        public ExecutionPhase phase() {
            return ExecutionPhase.RECORDING_END;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload a write: a missing case does not compile. */
    interface Visitor<R> {
        R on(OrderAcceptance write);

        R on(Start write);

        R on(Success write);

        R on(Retry write);

        R on(Failure write);

        R on(NotBegun write);

        R on(Completion write);
    }
}
