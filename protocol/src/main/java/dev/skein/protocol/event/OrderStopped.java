package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/** The agent has seen the rollout's abort: no step of this order starts any more. */
public record OrderStopped(
        DatabaseId database, RolloutId rollout, long epoch, Progress progress, Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "abort confirmed, %s steps done".formatted(progress);
    }
}
