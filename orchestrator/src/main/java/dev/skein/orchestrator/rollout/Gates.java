package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.WaveState;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOutcome;
import java.time.Instant;
import java.util.Optional;

/** What stands between a wave and the next one, and what a rollout is doing because of it. */
final class Gates {
    private Gates() {}

    /** The last wave guards nothing: it has neither soak nor approval. */
    private static boolean guardsAnother(RolloutState rollout, int wave) {
        return wave < rollout.waves().size() - 1;
    }

    /** Whether a person has to let the wave after this one start. */
    static boolean needsApproval(RolloutState rollout, int wave) {
        return guardsAnother(rollout, wave) && rollout.spec(wave).gates().approval();
    }

    /** Whether it is settled and lacks the approval that it needs. */
    static boolean lacksApproval(RolloutState rollout, int wave) {
        WaveState state = rollout.waves().get(wave);
        return state.settledAt().isPresent()
                && state.approved().isEmpty()
                && needsApproval(rollout, wave);
    }

    /** When its soak ends, once it is settled; empty if it has none or a person skipped it. */
    static Optional<Instant> soakUntil(RolloutState rollout, int wave) {
        WaveState state = rollout.waves().get(wave);
        if (!guardsAnother(rollout, wave) || state.promoted().isPresent()) {
            return Optional.empty();
        }
        return state.settledAt()
                .map(settled -> settled.plus(rollout.spec(wave).gates().soak()))
                .filter(until -> until.isAfter(state.settledAt().get()));
    }

    static boolean isSoaking(RolloutState rollout, int wave, Instant now) {
        return soakUntil(rollout, wave).filter(now::isBefore).isPresent();
    }

    /** When its databases have to be done, once it is started and not settled. */
    static Optional<Instant> deadlineAt(RolloutState rollout, int wave) {
        WaveState state = rollout.waves().get(wave);
        return rollout.spec(wave)
                .limits()
                .deadline()
                .flatMap(deadline -> state.deadlineFrom().map(from -> from.plus(deadline)));
    }

    /** How far the wave is, in one word. */
    static WavePhase wavePhase(RolloutState rollout, int wave, Instant now) {
        WaveState state = rollout.waves().get(wave);
        if (state.isPassed()) {
            return WavePhase.PASSED;
        }
        if (!rollout.isOpen()) {
            return WavePhase.ENDED;
        }
        if (isSoaking(rollout, wave, now)) {
            return WavePhase.SOAKING;
        }
        if (lacksApproval(rollout, wave)) {
            return WavePhase.AWAITING_APPROVAL;
        }
        return state.isStarted() ? WavePhase.RUNNING : WavePhase.WAITING;
    }

    /** How many failures the wave may have. */
    static int failuresAllowed(RolloutState rollout, int wave, int databases) {
        return rollout.spec(wave).limits().failureBudget().allowed(databases);
    }

    /** What the rollout is doing. */
    static RolloutPhase phase(RolloutState rollout, Instant now) {
        if (rollout.closed().isPresent()) {
            return ended(rollout.closed().map(RolloutClosed::outcome).get());
        }
        if (rollout.aborted().isPresent()) {
            return RolloutPhase.ABORTING;
        }
        if (rollout.pause().isPresent()) {
            return RolloutPhase.PAUSED;
        }
        if (rollout.rollback().isPresent()) {
            return RolloutPhase.ROLLING_BACK;
        }
        int wave = rollout.currentWave();
        if (wave < rollout.waves().size() && isSoaking(rollout, wave, now)) {
            return RolloutPhase.SOAKING;
        }
        boolean waits = wave < rollout.waves().size() && lacksApproval(rollout, wave);
        return waits ? RolloutPhase.AWAITING_APPROVAL : RolloutPhase.RUNNING;
    }

    private static RolloutPhase ended(RolloutOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> RolloutPhase.COMPLETED;
            case ROLLED_BACK -> RolloutPhase.ROLLED_BACK;
            case ABORTED -> RolloutPhase.ABORTED;
        };
    }
}
