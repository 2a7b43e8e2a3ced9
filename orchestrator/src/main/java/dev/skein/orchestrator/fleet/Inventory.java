package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.DatabaseId;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The fleet: all databases that agents announce now, each with its owner. Computed from the agents'
 * states.
 */
public record Inventory(SortedMap<DatabaseId, Claim> databases) {
    /** Copies the map. */
    public Inventory {
        databases = Kept.copy(databases);
    }

    /** Who announces this database. */
    public Optional<Claim> claim(DatabaseId database) {
        return Optional.ofNullable(databases.get(database));
    }

    /** What these agents announce, together. */
    public static Inventory of(Collection<AgentState> agents) {
        return InventoryBuilder.build(agents);
    }
}
