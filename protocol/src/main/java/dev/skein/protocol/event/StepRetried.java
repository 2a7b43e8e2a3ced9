package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step failed for a passing reason and will be tried again.
 *
 * @param attempt the one that failed, from 1
 * @param retryIn the wait before the next attempt
 * @param inDoubt true where the failed attempt may have left something behind; absent where it did
 *     not
 */
public record StepRetried(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        StepRef step,
        int attempt,
        int attemptsMax,
        StepFailure failure,
        Duration retryIn,
        Optional<Boolean> inDoubt,
        Instant at)
        implements StepEvent {
    /** One way to say that nothing is in doubt. */
    public StepRetried {
        inDoubt = inDoubt.filter(left -> left);
    }

    /** An attempt that left nothing in doubt. */
    public StepRetried(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            StepRef step,
            int attempt,
            int attemptsMax,
            StepFailure failure,
            Duration retryIn,
            Instant at) {
        this(
                database,
                rollout,
                epoch,
                step,
                attempt,
                attemptsMax,
                failure,
                retryIn,
                Optional.empty(),
                at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "failed for now: " + failure.summary();
    }
}
