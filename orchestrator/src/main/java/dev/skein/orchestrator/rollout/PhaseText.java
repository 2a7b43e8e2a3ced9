package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutPurpose;
import java.time.Instant;

/** What a rollout is doing, in a sentence with numbers. */
final class PhaseText {
    private PhaseText() {}

    static String of(RolloutState rollout, RolloutFacts facts, RolloutPhase phase, Instant now) {
        int wave = rollout.currentWave();
        return switch (phase) {
            case RUNNING -> running(rollout, facts, wave);
            case SOAKING ->
                    "wave "
                            + rollout.spec(wave).name()
                            + " soaks until "
                            + Gates.soakUntil(rollout, wave).orElse(now);
            case AWAITING_APPROVAL ->
                    "wave " + rollout.spec(wave).name() + " is done; approve the next one";
            case PAUSED -> paused(rollout, facts);
            case ROLLING_BACK -> rollingBack(rollout, facts);
            case ABORTING ->
                    "no step starts any more; orders that still run: " + facts.all().outstanding();
            case COMPLETED, ROLLED_BACK, ABORTED ->
                    closed(rollout.opened().isFor(), rollout.closed().orElseThrow());
        };
    }

    private static String running(RolloutState rollout, RolloutFacts facts, int wave) {
        if (wave == rollout.waves().size()) {
            return facts.all().unfinished() + " databases of passed waves are not done";
        }
        StateCounts counts = facts.wave(wave);
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

    private static String paused(RolloutState rollout, RolloutFacts facts) {
        RolloutPaused pause = rollout.pause().orElseThrow();
        int draining = draining(rollout, facts);
        return (draining > 0 ? "draining (" + draining + " running)" : "quiesced")
                + ", paused by "
                + pause.by()
                + Texts.because(pause.reason());
    }

    /** Orders that have not ended and whose agents have not confirmed the pause. */
    static int draining(RolloutState rollout, RolloutFacts facts) {
        return rollout.pause()
                .map(pause -> (int) facts.where(each -> each.drains(pause.number())).count())
                .orElse(0);
    }

    private static String rollingBack(RolloutState rollout, RolloutFacts facts) {
        int back = facts.all().of(TargetState.ROLLED_BACK);
        int wave = facts.lastWaveRollingBack();
        String where = wave < 0 ? "" : ", wave " + rollout.spec(wave).name() + " under way";
        return Texts.databases(back) + " taken back" + where;
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
