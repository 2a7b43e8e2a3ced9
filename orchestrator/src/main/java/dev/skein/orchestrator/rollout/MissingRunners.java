package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.AgentRun;
import dev.skein.orchestrator.fleet.AgentState;
import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Plan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Refuses plans whose delegated steps agents of some databases could not carry out. */
final class MissingRunners {
    private MissingRunners() {}

    static Optional<Rejection> refusal(
            FleetLookup fleet, Plan plan, Collection<DatabaseId> databases) {
        return runners(plan).stream()
                .flatMap(runner -> refusal(fleet, runner, databases).stream())
                .findFirst();
    }

    /** The runners that a plan's steps name, in either direction. */
    private static SortedSet<String> runners(Plan plan) {
        SortedSet<String> names = new TreeSet<>();
        plan.migrations().stream()
                .flatMap(
                        each ->
                                Stream.concat(
                                        each.up().stream(),
                                        each.down().stream().flatMap(List::stream)))
                .filter(DelegatedStep.class::isInstance)
                .forEach(step -> names.add(((DelegatedStep) step).runner()));
        return names;
    }

    private static Optional<Rejection> refusal(
            FleetLookup fleet, String runner, Collection<DatabaseId> databases) {
        List<DatabaseId> without =
                databases.stream().filter(each -> !has(fleet, each, runner)).toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Rejection(
                                RejectionCode.NO_RUNNER,
                                "%s %s with agents that have no runner '%s': %s; configure it under"
                                                .formatted(
                                                        Texts.databases(without.size()),
                                                        without.size() == 1 ? "is" : "are",
                                                        runner,
                                                        Texts.named(without))
                                        + " 'runners' in their files and start them again, or build"
                                        + " the plan without --delegate"));
    }

    private static boolean has(FleetLookup fleet, DatabaseId database, String runner) {
        return fleet.inventory()
                .announcement(database)
                .map(Announcement::owner)
                .flatMap(fleet::agent)
                .flatMap(AgentState::run)
                .map(AgentRun::runners)
                .filter(runners -> runners.contains(runner))
                .isPresent();
    }
}
