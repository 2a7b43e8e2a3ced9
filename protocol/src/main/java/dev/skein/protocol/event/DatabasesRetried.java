package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Databases that failed or were rolled back are to be ordered again; those whose rollback failed
 * are rolled back again.
 *
 * @param repair what is repaired in each of them first
 * @param by who asked for it, as the caller gave it
 */
public record DatabasesRetried(
        RolloutId rollout,
        List<DatabaseId> databases,
        Optional<Repair> repair,
        String by,
        Instant at)
        implements RolloutSignalEvent {
    /** Copies the list. */
    public DatabasesRetried {
        databases = List.copyOf(databases);
    }

    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%d databases are retried%s, asked for by %s"
                .formatted(databases.size(), Repair.mention(repair), by);
    }
}
