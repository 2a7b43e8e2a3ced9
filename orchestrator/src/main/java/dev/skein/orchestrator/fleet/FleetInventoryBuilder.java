package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides who owns each database.
 *
 * <p>Agents are taken by the start of their latest run, as the broker dated it, then by name; the
 * first to announce a database owns it. Only the latest record of each key is looked at, so that
 * the answer is the same before and after the topic is compacted.
 */
final class FleetInventoryBuilder {
    private static final Comparator<AgentState> LONGEST_RUNNING =
            Comparator.<AgentState, Instant>comparing(
                            each -> each.run().map(AgentRun::appendedAt).orElse(Instant.MAX))
                    .thenComparing(AgentState::id);

    private FleetInventoryBuilder() {}

    static FleetInventory build(Collection<AgentState> agents) {
        SortedMap<DatabaseId, Announcement> claims = new TreeMap<>();
        agents.stream()
                .sorted(LONGEST_RUNNING)
                .forEach(
                        agent ->
                                agent.validServers()
                                        .forEach(each -> announcement(agent, each, claims)));
        return new FleetInventory(claims);
    }

    private static void announcement(
            AgentState agent, AnnouncedServer server, SortedMap<DatabaseId, Announcement> claims) {
        for (AnnouncedDatabase announced : server.databases()) {
            Announcement mine = new Announcement(agent.id(), announced.labels(), List.of());
            claims.merge(announced.database(), mine, FleetInventoryBuilder::contested);
        }
    }

    private static Announcement contested(Announcement first, Announcement later) {
        if (first.owner().equals(later.owner())) {
            return first;
        }
        List<AgentId> contestants = new ArrayList<>(first.contestants());
        contestants.add(later.owner());
        return new Announcement(first.owner(), first.labels(), contestants);
    }
}
