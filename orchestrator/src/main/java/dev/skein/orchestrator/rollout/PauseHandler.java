package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import java.util.Optional;

/** Decides pause and resume. */
final class PauseHandler {
    private PauseHandler() {}

    static Decision pause(DecisionDraft draft, Command.Pause command) {
        RolloutState rollout = draft.rollout();
        if (rollout.pause().isPresent()) {
            return new Rejection(
                    RejectionCode.ALREADY_PAUSED,
                    "rollout "
                            + rollout.id()
                            + " is paused already, by "
                            + rollout.pause().get().by()
                            + Texts.because(rollout.pause().get().reason()));
        }
        int outstanding = draft.targets().all().outstanding();
        draft.add(
                new RolloutPaused(
                        rollout.id(),
                        rollout.pauses() + 1,
                        PauseCause.OPERATOR,
                        command.reason(),
                        command.by(),
                        command.at()));
        return draft.accepted("pausing: draining, " + outstanding + " in flight", outstanding);
    }

    static Decision resume(DecisionDraft draft, Command.Resume command) {
        RolloutState rollout = draft.rollout();
        if (rollout.pause().isEmpty()) {
            return new Rejection(
                    RejectionCode.NOT_PAUSED,
                    "rollout " + rollout.id() + " is " + draft.phase().label() + ", not paused");
        }
        draft.add(new RolloutResumed(rollout.id(), command.by(), command.at()));
        Optional<RolloutPaused> again = pausesAgain(draft);
        if (again.isPresent()) {
            return new Rejection(
                    RejectionCode.BUDGET_EXCEEDED,
                    again.get().reason() + "; retry or skip failed databases, or roll back");
        }
        return draft.accepted("resumed" + deadline(draft), draft.targets().all().unfinished());
    }

    /** Who resumes grants a whole new deadline. */
    private static String deadline(DecisionDraft draft) {
        RolloutState rollout = draft.rollout();
        int wave = rollout.currentWave();
        boolean unfinished =
                wave < rollout.waves().size() && draft.targets().wave(wave).unfinished() > 0;
        return unfinished
                ? Gates.deadlineAt(rollout, wave)
                        .map(
                                until ->
                                        "; the deadline of wave "
                                                + rollout.spec(wave).name()
                                                + " begins again and ends at "
                                                + Texts.time(until))
                        .orElse("")
                : "";
    }

    /**
     * Resumes a paused rollout as part of another decision, such as a retry.
     *
     * @param lifts whether the decision lifts this pause
     * @return why it stays paused; empty if it is resumed, or was not paused
     */
    static Optional<String> goOn(DecisionDraft draft, boolean lifts, String by) {
        Optional<RolloutPaused> pause = draft.rollout().pause();
        if (pause.isEmpty()) {
            return Optional.empty();
        }
        if (!lifts) {
            return Optional.of("the rollout stays paused by " + pause.get().by() + ": resume it");
        }
        RolloutResumed resumed = new RolloutResumed(draft.rollout().id(), by, draft.now());
        DecisionDraft trial = draft.copy();
        trial.add(resumed);
        Optional<RolloutPaused> again = pausesAgain(trial);
        if (again.isPresent()) {
            return Optional.of("the rollout stays paused: " + again.get().reason());
        }
        draft.add(resumed);
        return Optional.empty();
    }

    /** What has to be done for a paused rollout to go on; empty if it is not paused. */
    static Optional<String> howToGoOn(DecisionDraft draft) {
        if (draft.rollout().pause().isEmpty() || draft.rollout().aborted().isPresent()) {
            return Optional.empty();
        }
        DecisionDraft trial = draft.copy();
        trial.add(new RolloutResumed(draft.rollout().id(), "", draft.now()));
        return Optional.of(
                pausesAgain(trial)
                        .map(again -> "the rollout stays paused: " + again.reason())
                        .orElse("the rollout is paused: resume it to go on"));
    }

    /** The pause that would follow at once, because of failures that are still there. */
    private static Optional<RolloutPaused> pausesAgain(DecisionDraft resumed) {
        DecisionDraft trial = resumed.copy();
        AdvanceHandler.addDueEvents(trial);
        return trial.rollout().pause().filter(pause -> pause.cause() == PauseCause.FAILURE_BUDGET);
    }
}
