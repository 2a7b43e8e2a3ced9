package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.RolloutState;
import java.time.Instant;

/**
 * Databases that hold their rollout up: it has got to them, and nothing can be done with them, for
 * no agent announces them any more, or theirs is away.
 */
final class HeldUp {
    private HeldUp() {}

    static boolean holds(TargetStatuses targets, RolloutState rollout, TargetStatus status) {
        boolean lacksAgent =
                status.state() == TargetState.UNREACHABLE
                        || status.state() == TargetState.PENDING
                                && targets.availability().obstacle(status.id()).isPresent();
        return lacksAgent && isReached(targets, rollout, status);
    }

    private static boolean isReached(
            TargetStatuses targets, RolloutState rollout, TargetStatus status) {
        if (!rollout.isOpen() || rollout.pause().isPresent()) {
            return false;
        }
        if (rollout.aborted().isPresent()) {
            return status.outstanding();
        }
        if (rollout.rollback().isPresent()) {
            return status.wants(DesiredState.ROLLBACK)
                    && status.wave() == targets.lastWaveRollingBack();
        }
        return status.wants(DesiredState.APPLY) && rollout.waves().get(status.wave()).isStarted();
    }

    /** Whether nothing happens any more until a person does something. */
    static boolean needsPerson(
            TargetStatuses targets, RolloutState rollout, RolloutPhase phase, Instant now) {
        return switch (phase) {
            case PAUSED ->
                    targets.where(each -> each.drains(rollout.pause().orElseThrow().number()))
                            .allMatch(each -> isLost(targets, each));
            case AWAITING_APPROVAL -> true;
            case RUNNING, ROLLING_BACK, ABORTING -> isStuck(targets, rollout, now);
            case SOAKING, COMPLETED, ROLLED_BACK, ABORTED -> false;
        };
    }

    /**
     * Whatever is left to be done is in databases that are gone, and no time has to pass. An agent
     * that is away may come back by itself.
     */
    private static boolean isStuck(TargetStatuses targets, RolloutState rollout, Instant now) {
        boolean any = targets.where(each -> isGone(targets, rollout, each)).findAny().isPresent();
        int wave = rollout.currentWave();
        boolean deadline =
                wave < rollout.waves().size()
                        && Gates.deadlineAt(rollout, wave).filter(now::isBefore).isPresent();
        return any
                && !deadline
                && targets.where(each -> goesOn(targets, rollout, each)).findAny().isEmpty();
    }

    private static boolean isGone(
            TargetStatuses targets, RolloutState rollout, TargetStatus status) {
        boolean waits =
                status.state() == TargetState.PENDING
                        && !targets.availability().isAnnounced(status.id());
        return (waits || isLost(targets, status)) && isReached(targets, rollout, status);
    }

    /** Its order is with an agent that no longer has it, and nobody else has it either. */
    static boolean isLost(TargetStatuses targets, TargetStatus status) {
        return status.state() == TargetState.UNREACHABLE
                && status.isUntouched()
                && !targets.availability().isAnnounced(status.id());
    }

    private static boolean goesOn(
            TargetStatuses targets, RolloutState rollout, TargetStatus status) {
        boolean unfinished = !status.state().isEnd() && isReached(targets, rollout, status);
        return (status.outstanding() || unfinished) && !isGone(targets, rollout, status);
    }
}
