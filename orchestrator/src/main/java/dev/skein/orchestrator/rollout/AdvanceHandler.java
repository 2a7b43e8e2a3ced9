package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides an advance: whatever is due.
 *
 * <ol>
 *   <li>A closed or paused rollout waits. An aborted one is closed when no order is outstanding.
 *   <li>While databases are rolled back, only {@link RollbackRules} count.
 *   <li>Else late databases join, then {@link WaveRules} take the current wave as far as it comes,
 *       one event after the other.
 *   <li>Finally orders are issued for what may be ordered now.
 * </ol>
 *
 * Each event is applied to the draft before the next is looked for, so that a wave may settle and
 * pass and the next one start in one decision, and no order sees a state that is not decided.
 */
final class AdvanceHandler {
    private AdvanceHandler() {}

    static Decision decide(DecisionDraft draft, Command.Advance command) {
        advance(draft);
        return draft.accepted("advanced", draft.entries().size());
    }

    /** Adds to the draft whatever is due. */
    static void advance(DecisionDraft draft) {
        addDueEvents(draft);
        for (OrderIssued order : orders(draft)) {
            draft.add(order);
        }
    }

    /** Adds to the draft the events that are due, without orders. */
    static void addDueEvents(DecisionDraft draft) {
        Optional<RolloutEvent> event = next(draft);
        while (event.isPresent()) {
            draft.add(event.get());
            event = next(draft);
        }
    }

    private static Optional<RolloutEvent> next(DecisionDraft draft) {
        RolloutState rollout = draft.rollout();
        if (!rollout.isOpen()) {
            return Optional.empty();
        }
        if (rollout.aborted().isPresent()) {
            boolean ended = draft.targets().all().outstanding() == 0;
            return ended ? Optional.of(closed(draft, RolloutOutcome.ABORTED)) : Optional.empty();
        }
        if (rollout.pause().isPresent()) {
            return Optional.empty();
        }
        if (rollout.rollback().isPresent()) {
            return RollbackRules.next(draft);
        }
        Optional<RolloutEvent> joined = LateDatabases.joining(draft);
        return joined.isPresent() ? joined : WaveRules.next(draft);
    }

    private static List<OrderIssued> orders(DecisionDraft draft) {
        RolloutState rollout = draft.rollout();
        boolean waits = rollout.pause().isPresent() || rollout.aborted().isPresent();
        if (!rollout.isOpen() || waits) {
            return List.of();
        }
        return rollout.rollback().isPresent()
                ? OrderIssuer.backward(draft)
                : OrderIssuer.forward(draft);
    }

    /** The rollout's end, with its counts. */
    static RolloutClosed closed(DecisionDraft draft, RolloutOutcome outcome) {
        StateCounts all = draft.targets().all();
        return new RolloutClosed(
                draft.rollout().id(),
                outcome,
                all.done(),
                all.failures(false),
                all.of(TargetState.ROLLED_BACK),
                OptionalInt.of(LateDatabases.of(draft.fleet(), draft.rollout()).size()),
                draft.now());
    }

    /** The next moment at which something is due because time has passed. */
    static Optional<Instant> wakeAt(DecisionDraft draft) {
        RolloutPhase phase = draft.phase();
        RolloutState rollout = draft.rollout();
        int wave = rollout.currentWave();
        if (phase == RolloutPhase.SOAKING) {
            return Gates.soakUntil(rollout, wave);
        }
        boolean runs = phase == RolloutPhase.RUNNING && wave < rollout.waves().size();
        return runs && rollout.waves().get(wave).overdueAt().isEmpty()
                ? Gates.deadlineAt(rollout, wave)
                : Optional.empty();
    }
}
