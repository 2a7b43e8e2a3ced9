package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rollout as its own decisions made it; what its databases report is not part of it.
 *
 * <p>Immutable.
 *
 * @param sequence of its last event
 * @param opened how it began: plan, strategy, waves, digest
 * @param waves one for each wave of the strategy
 * @param targets its databases, wave by wave, in the order in which they are to be ordered
 * @param pauses how often it was paused
 * @param pause the pause it is in
 * @param rollback what is being rolled back; of several requests the one of the widest scope
 * @param aborted the abort it is in
 * @param closed how it ended, unless it was opened again
 * @param reopenedFrom how it had ended before a rollback opened it again
 * @param changedAt when its last event happened
 */
public record RolloutState(
        long sequence,
        RolloutOpened opened,
        List<WaveState> waves,
        Map<DatabaseId, RolloutTarget> targets,
        int pauses,
        Optional<RolloutPaused> pause,
        Optional<RollbackRequested> rollback,
        Optional<RolloutAborted> aborted,
        Optional<RolloutClosed> closed,
        Optional<RolloutOutcome> reopenedFrom,
        Instant changedAt) {
    /** Copies lists; the map is shared if it is a copy already. */
    public RolloutState {
        waves = List.copyOf(waves);
        targets = TargetMap.frozen(targets);
    }

    /** Its name. */
    public RolloutId id() {
        return opened.rollout();
    }

    /** The strategy it follows. */
    public Strategy strategy() {
        return opened.strategy();
    }

    /** What the strategy says about a wave, by position from 0. */
    public WaveSpec spec(int wave) {
        return strategy().waves().get(wave);
    }

    /** Whether something may still be ordered without a retry or rollback by a person. */
    public boolean isOpen() {
        return closed.isEmpty();
    }

    /** The position of the first wave that has not passed; the number of waves if all have. */
    public int currentWave() {
        int wave = 0;
        while (wave < waves.size() && waves.get(wave).isPassed()) {
            wave++;
        }
        return wave;
    }

    /** The source that counts its events. */
    public static String sourceOf(RolloutId id) {
        return "rollout:" + id;
    }

    /** The same state, as if its last event had had this number. */
    RolloutState countedTo(long number) {
        return number == sequence
                ? this
                : new RolloutState(
                        number,
                        opened,
                        waves,
                        targets,
                        pauses,
                        pause,
                        rollback,
                        aborted,
                        closed,
                        reopenedFrom,
                        changedAt);
    }

    /** A rollout that was just opened; its first event. */
    public static RolloutState opened(RolloutOpened event) {
        return RolloutFold.open(event);
    }

    /**
     * The state after its next event.
     *
     * @throws Fault if the event can never follow this state
     */
    public RolloutState apply(RolloutEvent event) {
        return RolloutFold.apply(this, event);
    }
}
