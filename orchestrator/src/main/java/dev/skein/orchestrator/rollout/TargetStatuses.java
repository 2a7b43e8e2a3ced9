package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All databases of a rollout at one moment, each with what its parts say together, and their
 * counts. Made in one pass over the rollout's databases.
 */
final class TargetStatuses {
    private final List<TargetStatus> targets;
    private final List<StateCounts> waves = new ArrayList<>();
    private final StateCounts all = new StateCounts();
    private final AgentAvailability availability;

    private TargetStatuses(
            List<TargetStatus> targets, int waveCount, AgentAvailability availability) {
        this.targets = targets;
        this.availability = availability;
        for (int wave = 0; wave < waveCount; wave++) {
            waves.add(new StateCounts());
        }
        for (TargetStatus target : targets) {
            all.add(target);
            waves.get(target.wave()).add(target);
        }
    }

    static TargetStatuses of(FleetLookup fleet, RolloutState rollout, Instant now) {
        AgentAvailability availability = new AgentAvailability(fleet, now);
        List<TargetStatus> targets = new ArrayList<>(rollout.targets().size());
        rollout.targets()
                .forEach(
                        (id, target) ->
                                targets.add(
                                        TargetStatus.of(
                                                rollout.id(),
                                                id,
                                                target,
                                                fleet.database(id),
                                                availability)));
        return new TargetStatuses(targets, rollout.waves().size(), availability);
    }

    /** The same as people see them in a pause. */
    TargetStatuses shownIn(int pause) {
        return new TargetStatuses(
                targets.stream().map(each -> each.shownIn(pause)).toList(),
                waves.size(),
                availability);
    }

    /** Wave by wave, in the order in which they are to be ordered. */
    List<TargetStatus> inOrder() {
        return targets;
    }

    Stream<TargetStatus> where(Predicate<TargetStatus> condition) {
        return targets.stream().filter(condition);
    }

    StateCounts wave(int index) {
        return waves.get(index);
    }

    StateCounts all() {
        return all;
    }

    AgentAvailability availability() {
        return availability;
    }

    /** Databases that could not be rolled back, of one wave. */
    int rollbackFailures(int wave) {
        return (int)
                where(each -> each.wave() == wave && each.wants(DesiredState.ROLLBACK))
                        .filter(each -> each.state().isFailure())
                        .count();
    }

    /** The last wave with databases that are still to be rolled back; -1 if there is none. */
    int lastWaveRollingBack() {
        return where(each -> each.wants(DesiredState.ROLLBACK) && !each.state().isEnd())
                .mapToInt(TargetStatus::wave)
                .max()
                .orElse(-1);
    }
}
