package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.WaveSpec;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Databases that a rollout selects and that are in none of its waves. */
public final class LateDatabases {
    private static final int ALL_PERCENT = 100;

    private LateDatabases() {}

    /**
     * Those that came after the rollout was opened, by name: a wave takes whatever matches as they
     * do, and has not taken them.
     */
    static List<DatabaseId> of(FleetLookup fleet, RolloutState rollout) {
        return outside(fleet, rollout)
                .filter(each -> isTaken(rollout, each))
                .map(Outside::id)
                .toList();
    }

    /** How many are selected and taken by no wave, because of a count, a percentage or labels. */
    static int leftOver(FleetLookup fleet, RolloutState rollout) {
        return (int) outside(fleet, rollout).filter(each -> !isTaken(rollout, each)).count();
    }

    /** Whether a database is late for a rollout that does not have it. */
    public static boolean isLate(
            RolloutState rollout, DatabaseId id, SortedMap<String, String> labels) {
        return !rollout.targets().containsKey(id)
                && rollout.strategy().select().matches(id, labels)
                && isTaken(rollout, new Outside(id, labels));
    }

    private record Outside(DatabaseId id, SortedMap<String, String> labels) {}

    private static Stream<Outside> outside(FleetLookup fleet, RolloutState rollout) {
        SelectorMatch match = new SelectorMatch(rollout.strategy().select());
        return fleet.inventory().databases().entrySet().stream()
                .filter(each -> !rollout.targets().containsKey(each.getKey()))
                .filter(each -> match.matches(each.getKey(), each.getValue().labels()))
                .map(each -> new Outside(each.getKey(), each.getValue().labels()));
    }

    private static boolean isTaken(RolloutState rollout, Outside database) {
        return rollout.strategy().waves().stream()
                .anyMatch(
                        spec ->
                                takesAll(spec)
                                        && spec.select().matches(database.id(), database.labels()));
    }

    private static boolean takesAll(WaveSpec spec) {
        return spec.count().isEmpty() && spec.percent().orElse(ALL_PERCENT) == ALL_PERCENT;
    }

    /**
     * Lets late databases join the last wave, where the strategy wants it.
     *
     * <p>Only if that wave takes everything that it matches: what it left out by a count or a
     * percentage when the rollout was opened was left out on purpose, and could not be told from a
     * database that came later.
     */
    static Optional<RolloutEvent> joining(DecisionDraft draft) {
        RolloutState rollout = draft.rollout();
        int last = rollout.waves().size() - 1;
        WaveSpec spec = rollout.spec(last);
        if (rollout.strategy().latePolicy() != LatePolicy.JOIN_LAST_WAVE
                || !takesAll(spec)
                || rollout.waves().get(last).isPassed()) {
            return Optional.empty();
        }
        SelectorMatch match = new SelectorMatch(spec.select());
        FleetLookup fleet = draft.fleet();
        List<DatabaseId> joining =
                of(fleet, rollout).stream()
                        .filter(
                                id ->
                                        match.matches(
                                                id, fleet.inventory().databases().get(id).labels()))
                        .filter(id -> !OtherRollouts.isBusy(fleet, rollout.id(), id))
                        .toList();
        return joining.isEmpty()
                ? Optional.empty()
                : Optional.of(new DatabasesJoined(rollout.id(), last, joining, draft.now()));
    }
}
