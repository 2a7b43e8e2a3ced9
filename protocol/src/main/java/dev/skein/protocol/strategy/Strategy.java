package dev.skein.protocol.strategy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The waves of a rollout, in order, with everything that bounds them.
 *
 * @param select which databases of the fleet belong to the rollout
 * @param waves at least one, with distinct names
 * @param latePolicy what happens to databases that appear after the rollout was opened
 * @param stepLimits the limits each step runs under
 * @param requireRehearsal whether only a plan that was tried out may be rolled out; absent for no
 */
public record Strategy(
        Selector select,
        List<WaveSpec> waves,
        LatePolicy latePolicy,
        StepLimits stepLimits,
        Optional<Boolean> requireRehearsal) {
    /**
     * @throws IllegalArgumentException if there is no wave or two have one name
     */
    public Strategy {
        waves = List.copyOf(waves);
        // One way to say no, so that strategies of one meaning have one digest.
        requireRehearsal = requireRehearsal.filter(required -> required);
        if (waves.isEmpty()) {
            throw new IllegalArgumentException("a strategy needs at least one wave");
        }
        Set<String> names = new HashSet<>();
        for (WaveSpec wave : waves) {
            if (!names.add(wave.name())) {
                throw new IllegalArgumentException("two waves are named '" + wave.name() + "'");
            }
        }
    }

    /** A strategy that takes any plan. */
    public Strategy(
            Selector select, List<WaveSpec> waves, LatePolicy latePolicy, StepLimits stepLimits) {
        this(select, waves, latePolicy, stepLimits, Optional.empty());
    }

    /** Whether a plan that was never tried out is refused. */
    public boolean needsRehearsal() {
        return requireRehearsal.isPresent();
    }
}
