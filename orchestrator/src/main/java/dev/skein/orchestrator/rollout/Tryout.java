package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.AgentState;
import dev.skein.orchestrator.fleet.AnnouncedServer;
import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.text.ShortList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a plan's rehearsal is worth for the databases that a rollout is about. */
final class Tryout {
    private static final int NAMED_MAX = 5;

    private Tryout() {}

    /** Whether the plan was rehearsed; a rehearsal that ran no step does not count. */
    static boolean counts(Plan plan) {
        return plan.rehearsal().filter(each -> !each.steps().isEmpty()).isPresent();
    }

    /** What to say where it was rehearsed on another major version than these databases run on. */
    static Optional<String> otherVersion(
            FleetLookup fleet, Plan plan, Collection<DatabaseId> databases) {
        return plan.rehearsal().flatMap(each -> otherVersion(fleet, each, databases));
    }

    private static Optional<String> otherVersion(
            FleetLookup fleet, Rehearsal rehearsal, Collection<DatabaseId> databases) {
        Optional<Integer> rehearsed = rehearsal.major();
        SortedMap<String, String> others = new TreeMap<>();
        databases.forEach(
                database ->
                        version(fleet, database)
                                .filter(each -> !Rehearsal.major(each).equals(rehearsed))
                                .ifPresent(each -> others.put(database.server(), each)));
        List<String> named =
                others.entrySet().stream()
                        .map(each -> each.getKey() + " (" + each.getValue() + ")")
                        .toList();
        return rehearsed.isEmpty() || named.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "it was rehearsed on PostgreSQL %s and meets another major version on %s;"
                                        .formatted(
                                                rehearsal.server(), ShortList.of(named, NAMED_MAX))
                                + " rehearse it on theirs, with --scratch");
    }

    private static Optional<String> version(FleetLookup fleet, DatabaseId database) {
        return fleet.inventory()
                .announcement(database)
                .map(Announcement::owner)
                .flatMap(fleet::agent)
                .map(AgentState::servers)
                .map(servers -> servers.get(database.server()))
                .flatMap(AnnouncedServer::version);
    }
}
