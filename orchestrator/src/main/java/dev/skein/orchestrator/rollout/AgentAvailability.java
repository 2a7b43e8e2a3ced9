package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.AgentState;
import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who can be reached at one moment; each agent is looked at once. */
final class AgentAvailability {
    private final FleetLookup fleet;
    private final Instant now;
    private final Map<AgentId, Boolean> known = new HashMap<>();

    AgentAvailability(FleetLookup fleet, Instant now) {
        this.fleet = fleet;
        this.now = now;
    }

    /** Whether an order given to this agent would be carried out. */
    boolean isReachable(AgentId agent) {
        return known.computeIfAbsent(
                agent, id -> fleet.agent(id).map(each -> each.isReachable(now)).orElse(false));
    }

    /** The agent that would get an order for this database now. */
    Optional<AgentId> ownerOf(DatabaseId database) {
        return fleet.inventory()
                .announcement(database)
                .map(Announcement::owner)
                .filter(this::isReachable);
    }

    /** Whether any agent, reachable or not, has the database. */
    boolean isAnnounced(DatabaseId database) {
        return fleet.inventory().announcement(database).isPresent();
    }

    /** Whether this agent has the database, as far as it has told. */
    boolean isAnnouncedBy(AgentId agent, DatabaseId database) {
        return fleet.inventory()
                .announcement(database)
                .filter(each -> each.owner().equals(agent) || each.contestants().contains(agent))
                .isPresent();
    }

    /** That an agent no longer has the database, and why its list may not be whole. */
    String absence(AgentId agent, DatabaseId database) {
        String problem =
                fleet.agent(agent).stream()
                        .flatMap(each -> each.validServers().stream())
                        .filter(each -> each.server().equals(database.server()))
                        .flatMap(each -> each.problem().stream())
                        .findFirst()
                        .map(each -> " (" + each + ")")
                        .orElse("");
        return "no longer announces the database" + problem;
    }

    /** Whether the database has gone to another agent since it was ordered of this one. */
    boolean hasMoved(DatabaseId database, IssuedOrder order) {
        Optional<Announcement> announcement = fleet.inventory().announcement(database);
        if (announcement.isEmpty() || announcement.get().owner().equals(order.agent())) {
            return false;
        }
        boolean stillThere = announcement.get().contestants().contains(order.agent());
        return !(stillThere && isReachable(order.agent()))
                && isReachable(announcement.get().owner());
    }

    /** Why nothing can be ordered of this database now; empty if it can. */
    Optional<String> obstacle(DatabaseId database) {
        Optional<Announcement> announcement = fleet.inventory().announcement(database);
        if (announcement.isEmpty()) {
            return Optional.of("no agent announces it");
        }
        AgentId owner = announcement.get().owner();
        return isReachable(owner) ? Optional.empty() : Optional.of(silence(owner));
    }

    /** How long nothing has been heard of an agent, in words. */
    String silence(AgentId agent) {
        Optional<AgentState> state = fleet.agent(agent);
        if (state.isEmpty()) {
            return "agent " + agent + " is unknown";
        }
        if (state.get().isStopped()) {
            return "agent " + agent + " has stopped";
        }
        return "agent " + agent + " silent for " + Texts.span(state.get().lastSeen(), now);
    }
}
