package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * The agent has seen a pause: no step of this order starts until the rollout is resumed.
 *
 * @param pause the number of the pause
 */
public record OrderPaused(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        int pause,
        Progress progress,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "pause %d confirmed, %s steps done".formatted(pause, progress);
    }
}
