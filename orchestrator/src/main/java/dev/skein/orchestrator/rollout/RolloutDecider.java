package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Answers commands. Pure: equal state and command give an equal decision, on any process.
 *
 * <p>The caller appends the entries of one decision, waits until all of them have been folded, and
 * only then asks for the next one.
 */
public final class RolloutDecider {
    private RolloutDecider() {}

    /** What the command leads to; linear in the number of the rollout's databases. */
    public static Decision decide(FleetLookup fleet, Command command) {
        return command.decide(fleet);
    }

    /** Decides a command about a rollout that has to exist and to be in a phase that allows it. */
    static <C extends Command> Decision decide(
            FleetLookup fleet, C command, BiFunction<DecisionDraft, C, Decision> handler) {
        Optional<RolloutState> rollout = fleet.rollout(command.rollout());
        if (rollout.isEmpty()) {
            return new Rejection(
                    RejectionCode.UNKNOWN_ROLLOUT,
                    "there is no rollout " + command.rollout() + "; list them to see which are");
        }
        return decide(new DecisionDraft(fleet, rollout.get(), command.at()), command, handler);
    }

    /** Decides a command about a rollout that is known. */
    static <C extends Command> Decision decide(
            DecisionDraft draft, C command, BiFunction<DecisionDraft, C, Decision> handler) {
        Optional<Rejection> refusal = Refusals.inPhase(draft, command);
        return refusal.isPresent() ? refusal.get() : handler.apply(draft, command);
    }

    /**
     * When to hand in the next {@link Command.Advance}: {@code now} if something is due already, a
     * later moment if only time has to pass. Empty if the rollout waits for reports or for a
     * person, has ended, or is unknown.
     *
     * @param now the time to decide by
     */
    public static Optional<Instant> nextAdvance(FleetLookup fleet, RolloutId rollout, Instant now) {
        Optional<RolloutState> state = fleet.rollout(rollout).filter(RolloutState::isOpen);
        if (state.isEmpty()) {
            return Optional.empty();
        }
        DecisionDraft draft = new DecisionDraft(fleet, state.get(), now);
        AdvanceHandler.advance(draft);
        return draft.isEmpty() ? AdvanceHandler.wakeAt(draft) : Optional.of(now);
    }
}
