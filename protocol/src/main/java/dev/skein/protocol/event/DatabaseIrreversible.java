package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A rollback was asked for and there is no way back; nothing was run.
 *
 * @param migration the key of the first migration that cannot be rolled back
 * @param reason for a person
 */
public record DatabaseIrreversible(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        String migration,
        String reason,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "cannot be rolled back past %s: %s".formatted(migration, reason);
    }
}
