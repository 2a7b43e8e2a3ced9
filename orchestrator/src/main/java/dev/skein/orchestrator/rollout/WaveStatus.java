package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.WaveState;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One wave of a rollout, as people see it.
 *
 * @param index its position in the strategy, from 0
 * @param phase how far it is
 * @param databases how many it has
 * @param counts databases by state, every state in the order of the enum
 * @param outstanding databases with an order that has not ended
 * @param maxInFlight how many may be outstanding at once
 * @param failures databases that failed
 * @param overdue databases that were not done by the deadline, which count as much
 * @param failuresAllowed how many may before the wave has failed
 * @param soakUntil when its soak ends, once it is settled and has one
 * @param deadlineAt when its databases have to be done, once it is started and has one
 * @param state when it came how far
 */
public record WaveStatus(
        int index,
        String name,
        WavePhase phase,
        int databases,
        Map<TargetState, Integer> counts,
        int outstanding,
        int maxInFlight,
        int failures,
        int overdue,
        int failuresAllowed,
        Optional<Instant> soakUntil,
        Optional<Instant> deadlineAt,
        WaveState state) {
    /** Copies the map. */
    public WaveStatus {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }
}
