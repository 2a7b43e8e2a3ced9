package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What a command would lead to, without leading to it.
 *
 * <p>The command is decided as it would be, so that what is refused then is refused here, in the
 * same words; what it would write is read and dropped.
 *
 * @param refusal why the command would not be taken; then there are no groups
 * @param message what would be answered
 * @param groups databases of which the same is told, in the order of the outcomes
 */
public record DryRun(Optional<Rejection> refusal, String message, List<Group> groups) {
    /** Copies the list. */
    public DryRun {
        groups = List.copyOf(groups);
    }

    /** Databases to which the same would be done, by name. */
    public record Group(Forecast forecast, List<DatabaseId> databases) {
        /** Copies the list. */
        public Group {
            databases = List.copyOf(databases);
        }
    }

    /** How many databases it is about. */
    public int databases() {
        return groups.stream().mapToInt(each -> each.databases().size()).sum();
    }

    /** Of a rollback; linear in the number of the rollout's databases. */
    public static DryRun of(FleetLookup fleet, Command.Rollback command) {
        return of(
                RolloutDecider.decide(fleet, command),
                accepted ->
                        Forecasts.ofRollback(
                                fleet, command, event(accepted, RollbackRequested.class)));
    }

    /** Of an opening; linear in the number of the databases that the strategy selects. */
    public static DryRun of(FleetLookup fleet, Command.Open command) {
        return of(
                RolloutDecider.decide(fleet, command),
                accepted -> Forecasts.ofOpening(fleet, event(accepted, RolloutOpened.class)));
    }

    private static <E> E event(Accepted accepted, Class<E> type) {
        return accepted.entries().stream()
                .map(Entry::envelope)
                .map(each -> each.event())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static DryRun of(
            Decision decision, Function<Accepted, SortedMap<DatabaseId, Forecast>> forecasts) {
        return decision.accept(
                new Decision.Visitor<>() {
                    @Override
                    public DryRun on(Accepted accepted) {
                        return new DryRun(
                                Optional.empty(),
                                accepted.reply().message(),
                                grouped(forecasts.apply(accepted)));
                    }

                    @Override
                    public DryRun on(Rejection rejection) {
                        return new DryRun(Optional.of(rejection), rejection.message(), List.of());
                    }
                });
    }

    private static List<Group> grouped(SortedMap<DatabaseId, Forecast> forecasts) {
        Map<Forecast, List<DatabaseId>> alike = new LinkedHashMap<>();
        forecasts.forEach(
                (id, forecast) ->
                        alike.computeIfAbsent(forecast, each -> new ArrayList<>()).add(id));
        List<Group> groups = new ArrayList<>();
        alike.forEach((forecast, databases) -> groups.add(new Group(forecast, databases)));
        groups.sort(Comparator.comparing(each -> each.forecast().outcome()));
        return groups;
    }
}
