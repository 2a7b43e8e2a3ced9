package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All databases of a rollout at one moment, each with what its parts say together, and their
 * counts. Made in one pass over the rollout's databases.
 */
final class RolloutFacts {
    private final List<TargetFacts> targets;
    private final List<StateCounts> waves = new ArrayList<>();
    private final StateCounts all = new StateCounts();
    private final Reach reach;

    private RolloutFacts(List<TargetFacts> targets, int waveCount, Reach reach) {
        this.targets = targets;
        this.reach = reach;
        for (int wave = 0; wave < waveCount; wave++) {
            waves.add(new StateCounts());
        }
        for (TargetFacts facts : targets) {
            all.add(facts);
            waves.get(facts.wave()).add(facts);
        }
    }

    static RolloutFacts of(FleetLookup fleet, RolloutState rollout, Instant now) {
        Reach reach = new Reach(fleet, now);
        List<TargetFacts> targets = new ArrayList<>(rollout.targets().size());
        rollout.targets()
                .forEach(
                        (id, target) ->
                                targets.add(
                                        TargetFacts.of(
                                                rollout.id(),
                                                id,
                                                target,
                                                fleet.database(id),
                                                reach)));
        return new RolloutFacts(targets, rollout.waves().size(), reach);
    }

    /** Wave by wave, in the order in which they are to be ordered. */
    List<TargetFacts> targets() {
        return targets;
    }

    Stream<TargetFacts> where(Predicate<TargetFacts> condition) {
        return targets.stream().filter(condition);
    }

    StateCounts wave(int index) {
        return waves.get(index);
    }

    StateCounts all() {
        return all;
    }

    Reach reach() {
        return reach;
    }

    /** Databases that could not be taken back, of one wave. */
    int rollbackFailures(int wave) {
        return (int)
                where(each -> each.wave() == wave && each.wants(Wish.ROLLBACK))
                        .filter(each -> each.state().isFailure())
                        .count();
    }

    /** The last wave with databases that are still to be taken back; -1 if there is none. */
    int lastWaveRollingBack() {
        return where(each -> each.wants(Wish.ROLLBACK) && !each.state().isEnd())
                .mapToInt(TargetFacts::wave)
                .max()
                .orElse(-1);
    }
}
