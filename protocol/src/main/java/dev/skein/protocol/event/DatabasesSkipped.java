package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;

/**
 * Databases are left out from now on and count neither as done nor as failed.
 *
 * @param reason for a person
 * @param by who asked for it, as the caller gave it
 */
public record DatabasesSkipped(
        RolloutId rollout, List<DatabaseId> databases, String reason, String by, Instant at)
        implements RolloutSignalEvent {
    /** Copies the list. */
    public DatabasesSkipped {
        databases = List.copyOf(databases);
    }

    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%d databases are skipped, asked for by %s: %s"
                .formatted(databases.size(), by, reason);
    }
}
