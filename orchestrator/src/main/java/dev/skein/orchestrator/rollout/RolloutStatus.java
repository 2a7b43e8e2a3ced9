package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rollout, as people see it.
 *
 * @param detail the phase in words: what is under way, what it waits for, until when
 * @param draining databases where a step may still run: an order has not ended and its agent has
 *     not confirmed the pause, or an agent before it may be at work; 0 outside a pause
 * @param quiesced whether it is paused and nothing drains: no step starts until it is resumed
 * @param databases how many it has
 * @param counts databases by state, every state in the order of the enum
 * @param needsPerson whether nothing happens any more until a person does something
 * @param heldUp databases that it waits for and that no agent can reach
 * @param halfDone what its orders left half done, whatever the phase
 * @param failedBefore databases that failed before a rollback, and have not failed in it
 * @param late databases that came after it was opened and are not part of it
 * @param leftOver how many databases it selects that none of its waves takes
 * @param changedAt when its last decision was made
 */
public record RolloutStatus(
        RolloutId id,
        PlanId plan,
        String digest,
        RolloutPhase phase,
        String detail,
        int draining,
        boolean quiesced,
        int databases,
        Map<TargetState, Integer> counts,
        int outstanding,
        List<WaveStatus> waves,
        boolean needsPerson,
        List<DatabaseStatus> heldUp,
        List<HalfDone> halfDone,
        List<DatabaseStatus> failedBefore,
        List<DatabaseId> late,
        int leftOver,
        String openedBy,
        Instant openedAt,
        Instant changedAt,
        Optional<Instant> closedAt) {
    /** Copies map and lists. */
    public RolloutStatus {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        waves = List.copyOf(waves);
        heldUp = List.copyOf(heldUp);
        halfDone = List.copyOf(halfDone);
        failedBefore = List.copyOf(failedBefore);
        late = List.copyOf(late);
    }
}
