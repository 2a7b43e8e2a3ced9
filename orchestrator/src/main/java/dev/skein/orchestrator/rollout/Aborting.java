package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.RolloutAborted;
import java.util.Optional;

/** Stops a rollout for good; what is done stays. */
final class Aborting {
    private Aborting() {}

    static Decision decide(Draft draft, Command.Abort command) {
        Optional<Rejection> refusal =
                Refusals.unlessOpen(draft, "abort")
                        .or(() -> Refusals.whileAborting(draft, "abort"));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        int outstanding = draft.facts().all().outstanding();
        draft.add(
                new RolloutAborted(
                        draft.rollout().id(), command.reason(), command.by(), command.at()));
        return draft.accepted(
                "aborting: " + outstanding + " orders stop after their current step", outstanding);
    }
}
