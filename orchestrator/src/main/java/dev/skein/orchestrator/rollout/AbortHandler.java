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
        return draft.accepted(answer(outstanding), outstanding);
    }

    private static String answer(int outstanding) {
        return switch (outstanding) {
            case 0 -> "aborting: no order is under way";
            case 1 -> "aborting: 1 order stops after its current step";
            default -> "aborting: " + outstanding + " orders stop after their current step";
        };
    }
}
