package dev.skein.orchestrator.rollout;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** How many databases are in which state. Mutable while it is counted, then only read. */
final class StateCounts {
    private final int[] counts = new int[TargetState.values().length];
    private int databases;
    private int outstanding;
    private int failures;
    private int unfinished;

    void add(TargetStatus status) {
        counts[status.state().ordinal()]++;
        databases++;
        outstanding += status.outstanding() ? 1 : 0;
        failures += status.state().isFailure() ? 1 : 0;
        unfinished += status.state().isEnd() ? 0 : 1;
    }

    int of(TargetState state) {
        return counts[state.ordinal()];
    }

    int databases() {
        return databases;
    }

    int outstanding() {
        return outstanding;
    }

    int unfinished() {
        return unfinished;
    }

    /** Those that count against the budget; after the deadline the unfinished ones do too. */
    int failures(boolean overdue) {
        return failures + (overdue ? unfinished : 0);
    }

    /** Those of which the rollout has what it was opened for. */
    int done() {
        return Arrays.stream(TargetState.values())
                .filter(TargetState::isDone)
                .mapToInt(this::of)
                .sum();
    }

    Map<TargetState, Integer> byState() {
        Map<TargetState, Integer> map = new EnumMap<>(TargetState.class);
        for (TargetState state : TargetState.values()) {
            map.put(state, of(state));
        }
        return map;
    }
}
