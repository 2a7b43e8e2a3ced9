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
 * @param requireDowns whether only a plan whose every migration can be undone may be rolled out;
 *     absent for no
 * @param repeatables what a rollback does about repeatable migrations; absent for to restore them
 */
public record Strategy(
        Selector select,
        List<WaveSpec> waves,
        LatePolicy latePolicy,
        StepLimits stepLimits,
        Optional<Boolean> requireRehearsal,
        Optional<Boolean> requireDowns,
        Optional<RepeatablePolicy> repeatables) {
    /**
     * @throws IllegalArgumentException if there is no wave or two have one name
     */
    public Strategy {
        waves = List.copyOf(waves);
        // One way to say no, so that strategies of one meaning have one digest.
        requireRehearsal = requireRehearsal.filter(required -> required);
        requireDowns = requireDowns.filter(required -> required);
        repeatables = repeatables.filter(each -> each != RepeatablePolicy.RESTORE);
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

    /** A strategy that takes a plan without downs. */
    public Strategy(
            Selector select,
            List<WaveSpec> waves,
            LatePolicy latePolicy,
            StepLimits stepLimits,
            Optional<Boolean> requireRehearsal) {
        this(
                select,
                waves,
                latePolicy,
                stepLimits,
                requireRehearsal,
                Optional.empty(),
                Optional.empty());
    }

    /** A strategy that takes any plan. */
    public Strategy(
            Selector select, List<WaveSpec> waves, LatePolicy latePolicy, StepLimits stepLimits) {
        this(select, waves, latePolicy, stepLimits, Optional.empty());
    }

    /** Whether a plan with a migration that cannot be undone is refused. */
    public boolean needsDowns() {
        return requireDowns.isPresent();
    }

    /** What a rollback does about repeatable migrations. */
    public RepeatablePolicy repeatablePolicy() {
        return repeatables.orElse(RepeatablePolicy.RESTORE);
    }

    /** Whether a plan that was never tried out is refused. */
    public boolean needsRehearsal() {
        return requireRehearsal.isPresent();
    }
}
