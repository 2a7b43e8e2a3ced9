package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.WaveSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases that a rollout selects and that are in none of its waves. */
final class LateDatabases {
    private static final int ALL_PERCENT = 100;

    private LateDatabases() {}

    /** Those of the fleet that match the rollout's selection and are not part of it, by name. */
    static List<DatabaseId> of(FleetLookup fleet, RolloutState rollout) {
        SelectorMatch match = new SelectorMatch(rollout.strategy().select());
        List<DatabaseId> late = new ArrayList<>();
        fleet.inventory()
                .databases()
                .forEach(
                        (id, announcement) -> {
                            if (!rollout.targets().containsKey(id)
                                    && match.matches(id, announcement.labels())) {
                                late.add(id);
                            }
                        });
        return late;
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
        boolean takesAll =
                spec.count().isEmpty() && spec.percent().orElse(ALL_PERCENT) == ALL_PERCENT;
        if (rollout.strategy().latePolicy() != LatePolicy.JOIN_LAST_WAVE
                || !takesAll
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
