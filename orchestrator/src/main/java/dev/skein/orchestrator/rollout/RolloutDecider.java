package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
        return command.accept(new Decide(fleet));
    }

    /**
     * What to do next for a rollout: empty if it waits for reports or for a person, or is unknown.
     *
     * @param now the time to decide by
     */
    public static List<Action> next(FleetLookup fleet, RolloutId rollout, Instant now) {
        Optional<RolloutState> state = fleet.rollout(rollout).filter(RolloutState::isOpen);
        if (state.isEmpty()) {
            return List.of();
        }
        Draft draft = new Draft(fleet, state.get(), now);
        Advancing.advance(draft);
        if (!draft.isEmpty()) {
            return List.of(new Action.AdvanceNow(rollout));
        }
        return Advancing.wakeAt(draft).stream()
                .<Action>map(at -> new Action.WakeAt(rollout, at))
                .toList();
    }

    private static final class Decide implements Command.Visitor<Decision> {
        private final FleetLookup fleet;

        Decide(FleetLookup fleet) {
            this.fleet = fleet;
        }

        @Override
        public Decision on(Command.Open command) {
            return Opening.decide(fleet, command);
        }

        @Override
        public Decision on(Command.Approve command) {
            return with(command, draft -> GateVerbs.approve(draft, command));
        }

        @Override
        public Decision on(Command.Pause command) {
            return with(command, draft -> PauseVerbs.pause(draft, command));
        }

        @Override
        public Decision on(Command.Resume command) {
            return with(command, draft -> PauseVerbs.resume(draft, command));
        }

        @Override
        public Decision on(Command.Promote command) {
            return with(command, draft -> GateVerbs.promote(draft, command));
        }

        @Override
        public Decision on(Command.Retry command) {
            return with(command, draft -> Retrying.decide(draft, command));
        }

        @Override
        public Decision on(Command.Repairing command) {
            return with(command, draft -> Retrying.decide(draft, command));
        }

        @Override
        public Decision on(Command.Skip command) {
            return with(command, draft -> Skipping.decide(draft, command));
        }

        @Override
        public Decision on(Command.Abort command) {
            return with(command, draft -> Aborting.decide(draft, command));
        }

        @Override
        public Decision on(Command.Rollback command) {
            return with(command, draft -> RollingBack.decide(draft, command));
        }

        @Override
        public Decision on(Command.Advance command) {
            return with(command, Decide::advanced);
        }

        private static Decision advanced(Draft draft) {
            Advancing.advance(draft);
            return draft.accepted("advanced", draft.entries().size());
        }

        private Decision with(Command command, Function<Draft, Decision> decide) {
            Optional<RolloutState> rollout = fleet.rollout(command.rollout());
            if (rollout.isEmpty()) {
                return new Rejection(
                        RejectionCode.UNKNOWN_ROLLOUT,
                        "there is no rollout "
                                + command.rollout()
                                + "; list them to see which are");
            }
            return decide.apply(new Draft(fleet, rollout.get(), command.at()));
        }
    }
}
