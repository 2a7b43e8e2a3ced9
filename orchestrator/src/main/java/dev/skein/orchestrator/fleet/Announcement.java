package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.AgentId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who announces a database.
 *
 * @param owner the agent that gets its orders: of those that announce it, the one that has run
 *     longest
 * @param contestants other agents that announce it too, in order
 */
public record Announcement(
        AgentId owner, SortedMap<String, String> labels, List<AgentId> contestants) {
    /** Copies map and list. */
    public Announcement {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        contestants = List.copyOf(contestants);
    }
}
