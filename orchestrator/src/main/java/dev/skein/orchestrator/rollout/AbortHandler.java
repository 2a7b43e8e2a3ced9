package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.RolloutAborted;

/** Stops a rollout for good; what is done stays. */
final class AbortHandler {
    private AbortHandler() {}

    static Decision decide(DecisionDraft draft, Command.Abort command) {
        int outstanding = draft.targets().all().outstanding();
        draft.add(
                new RolloutAborted(
                        draft.rollout().id(), command.reason(), command.by(), command.at()));
        return draft.accepted(
                "aborting: " + outstanding + " orders stop after their current step", outstanding);
    }
}
