package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.DatabaseId;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The fleet: all databases that agents announce now, each with its owner. Computed from the agents'
 * states.
 */
public record FleetInventory(SortedMap<DatabaseId, Announcement> databases) {
    /** Copies the map. */
    public FleetInventory {
        databases = Copies.copy(databases);
    }

    /** Who announces this database. */
    public Optional<Announcement> announcement(DatabaseId database) {
        return Optional.ofNullable(databases.get(database));
    }

    /** What these agents announce, together. */
    public static FleetInventory of(Collection<AgentState> agents) {
        return FleetInventoryBuilder.build(agents);
    }
}
