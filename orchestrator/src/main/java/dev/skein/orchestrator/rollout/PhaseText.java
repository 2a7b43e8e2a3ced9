package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.List;

/** What a rollout is doing, in a sentence with numbers. */
final class PhaseText {
    private PhaseText() {}

    static String of(
            RolloutState rollout, TargetStatuses targets, RolloutPhase phase, Instant now) {
        int wave = rollout.currentWave();
        return switch (phase) {
            case RUNNING -> running(rollout, targets, wave) + heldUp(rollout, targets);
            case SOAKING ->
                    "wave "
                            + rollout.spec(wave).name()
                            + " soaks until "
                            + Texts.time(Gates.soakUntil(rollout, wave).orElse(now))
                            + afterSoak(rollout, wave);
            case AWAITING_APPROVAL ->
                    "wave "
                            + rollout.spec(wave).name()
                            + " is done; approve it, and wave "
                            + rollout.spec(wave + 1).name()
                            + " starts";
            case PAUSED -> paused(rollout, targets);
            case ROLLING_BACK -> rollingBack(rollout, targets) + heldUp(rollout, targets);
            case ABORTING ->
                    "no step starts any more; orders in flight: "
                            + targets.all().outstanding()
                            + heldUp(rollout, targets);
            case COMPLETED, ROLLED_BACK, ABORTED ->
                    closed(rollout.opened().isFor(), rollout.closed().orElseThrow())
                            + nothingToUndo(targets)
                            + late(rollout.closed().orElseThrow());
        };
    }

    /** What comes after the soak: nothing else, a person, or one who has been there already. */
    private static String afterSoak(RolloutState rollout, int wave) {
        if (Gates.lacksApproval(rollout, wave)) {
            return ", then waits for an approval; one that is given now counts from then on";
        }
        return rollout.waves()
                .get(wave)
                .approved()
                .map(each -> ", then the next wave starts, as " + each.by() + " has approved")
                .orElse(", then the next wave starts");
    }

    private static String running(RolloutState rollout, TargetStatuses targets, int wave) {
        if (wave == rollout.waves().size()) {
            int unfinished = targets.all().unfinished();
            return Texts.databases(unfinished)
                    + " of passed waves "
                    + (unfinished == 1 ? "is" : "are")
                    + " not done";
        }
        StateCounts counts = targets.wave(wave);
        return "wave "
                + rollout.spec(wave).name()
                + ": "
                + (counts.databases() - counts.unfinished())
                + " of "
                + Texts.databases(counts.databases())
                + " done, "
                + counts.outstanding()
                + " in flight";
    }

    /** What nobody works on although the rollout waits for it. */
    private static String heldUp(RolloutState rollout, TargetStatuses targets) {
        List<DatabaseId> held =
                targets.where(each -> HeldUp.holds(targets, rollout, each))
                        .map(TargetStatus::id)
                        .toList();
        return held.isEmpty()
                ? ""
                : "; waits for "
                        + Texts.databases(held.size())
                        + " that no agent can reach: "
                        + Texts.named(held);
    }

    private static String paused(RolloutState rollout, TargetStatuses targets) {
        RolloutPaused pause = rollout.pause().orElseThrow();
        int draining = draining(rollout, targets);
        return (draining > 0 ? "draining (" + draining + " running)" : "quiesced")
                + ", paused by "
                + pause.by()
                + Texts.because(pause.reason())
                + unheard(targets, pause.number());
    }

    /** What the pause may wait for until somebody does something. */
    private static String unheard(TargetStatuses targets, int pause) {
        List<DatabaseId> unheard =
                targets.where(each -> each.state() == TargetState.UNREACHABLE)
                        .filter(each -> each.drains(pause))
                        .map(TargetStatus::id)
                        .toList();
        return unheard.isEmpty()
                ? ""
                : "; nobody can tell of "
                        + Texts.databases(unheard.size())
                        + (unheard.size() == 1
                                ? " whether it has stopped: "
                                : " whether they have stopped: ")
                        + Texts.named(unheard);
    }

    /** Databases of which not every agent has confirmed the pause or ended its order. */
    static int draining(RolloutState rollout, TargetStatuses targets) {
        return rollout.pause()
                .map(pause -> (int) targets.where(each -> each.drains(pause.number())).count())
                .orElse(0);
    }

    private static String rollingBack(RolloutState rollout, TargetStatuses targets) {
        int back = targets.all().of(TargetState.ROLLED_BACK);
        int wave = targets.lastWaveRollingBack();
        String where = wave < 0 ? "" : ", wave " + rollout.spec(wave).name() + " under way";
        return Texts.databases(back) + " taken back" + nothingToUndo(targets) + where;
    }

    /** Databases in which a rollback found nothing of what it was to undo. */
    static String nothingToUndo(TargetStatuses targets) {
        int nothing = targets.all().of(TargetState.NOTHING_TO_UNDO);
        return nothing == 0 ? "" : ", " + nothing + " with nothing to undo";
    }

    private static String late(RolloutClosed closed) {
        int late = closed.late().orElse(0);
        return late == 0
                ? ""
                : "; "
                        + Texts.databases(late)
                        + " came late and "
                        + (late == 1 ? "is" : "are")
                        + " not part of it";
    }

    private static String closed(RolloutPurpose purpose, RolloutClosed closed) {
        return switch (purpose) {
            case MIGRATE ->
                    closed.applied()
                            + " applied, "
                            + closed.failed()
                            + " failed, "
                            + closed.rolledBack()
                            + " rolled back";
            case SURVEY -> closed.applied() + " surveyed, " + closed.failed() + " failed";
            case ADOPT -> closed.applied() + " adopted, " + closed.failed() + " failed";
        };
    }
}
