package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;

/**
 * Databases that appeared after the rollout was opened became part of a wave.
 *
 * @param wave its position in the strategy, from 0
 */
public record DatabasesJoined(RolloutId rollout, int wave, List<DatabaseId> databases, Instant at)
        implements RolloutEvent {
    /** Copies the list. */
    public DatabasesJoined {
        databases = List.copyOf(databases);
    }

    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%d late databases joined wave %d".formatted(databases.size(), wave + 1);
    }
}
