package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.id.AgentId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All agents, and the inventory that follows from what they announce. */
final class Agents {
    private final SortedMap<AgentId, AgentState> sorted = new TreeMap<>();
    private FleetInventory inventory = new FleetInventory(Collections.emptySortedMap());
    private boolean outdated;

    FoldOutcome apply(AgentEvent event, Instant appendedAt) {
        AgentState before = get(event.agent()).orElseGet(() -> AgentFold.unknown(event.agent()));
        AgentState after = AgentFold.apply(before, event, appendedAt);
        sorted.put(event.agent(), after);
        outdated |=
                !before.run().equals(after.run()) || !announced(before).equals(announced(after));
        return FoldOutcome.APPLIED;
    }

    /** The latest record of a key of this agent could not be taken. */
    void setAside(AgentId id, String key, SetAside what) {
        AgentState before = get(id).orElseGet(() -> AgentFold.unknown(id));
        sorted.put(id, AgentFold.setAside(before, key, what));
        outdated = true;
    }

    private static List<?> announced(AgentState agent) {
        return agent.servers().values().stream().map(AnnouncedServer::databases).toList();
    }

    Optional<AgentState> get(AgentId id) {
        return Optional.ofNullable(sorted.get(id));
    }

    SortedMap<AgentId, AgentState> sorted() {
        return Collections.unmodifiableSortedMap(sorted);
    }

    /** Computed when asked for, and only if an announcement has changed since. */
    FleetInventory inventory() {
        if (outdated) {
            inventory = FleetInventory.of(sorted.values());
            outdated = false;
        }
        return inventory;
    }
}
