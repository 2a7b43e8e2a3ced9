package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * The order ended without success; what was done before the failing step stays, what was not stays
 * undone.
 *
 * @param step the failing step; absent if it failed before the first
 */
public record DatabaseFailed(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        OrderKind kind,
        Optional<StepRef> step,
        StepFailure failure,
        Progress progress,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }
}
