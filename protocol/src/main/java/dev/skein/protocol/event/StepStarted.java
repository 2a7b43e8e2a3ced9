package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/** A non-transactional step begins; its end is not bounded by a transaction. */
public record StepStarted(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        StepRef step,
        Progress progress,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return step.summary() + " started outside a transaction";
    }
}
