package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is told of each database that a decision is about. */
final class Forecasts {
    private Forecasts() {}

    /** Of all databases that are to be part of the rollout. */
    static SortedMap<DatabaseId, Forecast> ofOpening(FleetLookup fleet, RolloutOpened opened) {
        Forecaster forecaster =
                forecaster(
                        fleet,
                        opened.plan(),
                        opened.rollout(),
                        opened.terms().orElseGet(RollbackTerms::strict));
        SortedMap<DatabaseId, Forecast> told = new TreeMap<>();
        opened.waves().stream()
                .flatMap(wave -> wave.databases().stream())
                .forEach(id -> told.put(id, forecaster.of(opened.orders(), fleet.database(id))));
        return told;
    }

    /** Of all databases that were asked for, those that stay as they are counted in. */
    static SortedMap<DatabaseId, Forecast> ofRollback(
            FleetLookup fleet, Command.Rollback command, RollbackRequested requested) {
        RolloutState rollout = fleet.rollout(command.rollout()).orElseThrow();
        RollbackTerms terms = requested.terms().orElseGet(RollbackTerms::strict);
        OrderKind kind = terms.to().isPresent() ? OrderKind.ROLLBACK_TO : OrderKind.ROLLBACK;
        Forecaster forecaster = forecaster(fleet, rollout.opened().plan(), rollout.id(), terms);
        TargetStatuses targets = TargetStatuses.of(fleet, rollout, command.at());
        Set<DatabaseId> ordered = new HashSet<>(requested.databases());
        List<DatabaseId> others =
                targets.where(asked(command, rollout))
                        .map(TargetStatus::id)
                        .filter(id -> !ordered.contains(id))
                        .toList();
        SortedMap<DatabaseId, RolloutId> changed =
                OtherRollouts.changedSince(fleet, rollout.id(), others);
        SortedMap<DatabaseId, Forecast> told = new TreeMap<>();
        targets.where(asked(command, rollout).or(each -> ordered.contains(each.id())))
                .forEach(
                        each ->
                                told.put(
                                        each.id(),
                                        !ordered.contains(each.id())
                                                ? staying(each, changed.get(each.id()))
                                                : each.wasOrdered()
                                                        ? forecaster.of(kind, each.database())
                                                        : leftOut(each, "it was not started")));
        return told;
    }

    private static Forecaster forecaster(
            FleetLookup fleet, PlanId plan, RolloutId rollout, RollbackTerms terms) {
        PublishedPlan published = fleet.plan(plan).orElseThrow();
        return new Forecaster(published.content(), rollout, terms);
    }

    private static Predicate<TargetStatus> asked(Command.Rollback command, RolloutState rollout) {
        int wave =
                command.wave()
                        .map(name -> Waves.indexOf(rollout, name).orElse(-1))
                        .orElseGet(() -> Waves.lastStarted(rollout));
        return each ->
                command.scope() == RollbackScope.ALL
                        || command.scope() == RollbackScope.WAVE && each.wave() == wave
                        || command.databases().contains(each.id());
    }

    private static Forecast staying(TargetStatus status, RolloutId changedBy) {
        return changedBy == null
                ? leftOut(status, "it is " + status.state().label())
                : Forecast.without(
                        ForecastOutcome.BLOCKED,
                        status.database().progress().version(),
                        "rollout " + changedBy + " has changed it since; roll that back first");
    }

    private static Forecast leftOut(TargetStatus status, String why) {
        return Forecast.without(
                ForecastOutcome.LEFT_OUT, status.database().progress().version(), why);
    }
}
