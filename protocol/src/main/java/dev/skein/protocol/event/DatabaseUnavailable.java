package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.settings.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * The database cannot be worked on right now: no connection, or another worker holds it. Not from
 * the ledger, so it may be repeated.
 *
 * @param attempt the one that failed, from 1
 * @param retryIn the wait before the next attempt
 */
public record DatabaseUnavailable(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        StepFailure failure,
        int attempt,
        Duration retryIn,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "not available, attempt %d, next in %s: %s"
                .formatted(attempt, Durations.format(retryIn), failure.summary());
    }
}
