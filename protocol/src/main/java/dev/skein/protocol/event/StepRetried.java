package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Duration;
import java.time.Instant;

/**
 * A step failed for a passing reason and will be tried again.
 *
 * @param attempt the one that failed, from 1
 * @param retryIn the wait before the next attempt
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
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "failed for now: " + failure.summary();
    }
}
