package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is due while databases are rolled back.
 *
 * <p>More failures than the budget of their wave allows: the rollout pauses. All have come to an
 * end: after a rollback of everything the rollout is closed, if all of it went well; one that had
 * been closed before is closed again as it was; else it pauses, and a person decides what happens
 * next.
 */
final class RollbackRules {
    private final DecisionDraft draft;
    private final RolloutState rollout;
    private final TargetStatuses targets;
    private final RollbackRequested request;

    private RollbackRules(DecisionDraft draft) {
        this.draft = draft;
        rollout = draft.rollout();
        targets = draft.targets();
        request = rollout.rollback().orElseThrow();
    }

    /** The next event that is due; none while databases are worked on. */
    static Optional<RolloutEvent> next(DecisionDraft draft) {
        return new RollbackRules(draft).next();
    }

    private Optional<RolloutEvent> next() {
        Optional<Integer> exceeded = firstWave(this::isExceeded);
        if (exceeded.isPresent()) {
            return Optional.of(paused(PauseCause.FAILURE_BUDGET, exceededText(exceeded.get())));
        }
        if (targets.lastWaveRollingBack() >= 0) {
            return Optional.empty();
        }
        if (request.scope() == RollbackScope.ALL) {
            return Optional.of(allEnded());
        }
        Optional<RolloutOutcome> before = rollout.reopenedFrom();
        return before.isPresent()
                ? closedAgain(before.get())
                : Optional.of(paused(PauseCause.ROLLBACK, endedText()));
    }

    /** What an abort had not stopped yet when the rollback was asked for comes to its end first. */
    private Optional<RolloutEvent> closedAgain(RolloutOutcome outcome) {
        return targets.all().outstanding() == 0
                ? Optional.of(AdvanceHandler.closed(draft, outcome))
                : Optional.empty();
    }

    private Optional<Integer> firstWave(IntPredicate condition) {
        return IntStream.range(0, rollout.waves().size()).filter(condition).boxed().findFirst();
    }

    private boolean isExceeded(int wave) {
        int failures = targets.wave(wave).failures(false);
        // The exact count needs a pass over all databases: only where it can matter.
        return failures > allowed(wave) && targets.rollbackFailures(wave) > allowed(wave);
    }

    private int allowed(int wave) {
        return Gates.failuresAllowed(rollout, wave, targets.wave(wave).databases());
    }

    private RolloutEvent allEnded() {
        int failures =
                IntStream.range(0, rollout.waves().size()).map(targets::rollbackFailures).sum();
        if (failures == 0) {
            return AdvanceHandler.closed(draft, outcome());
        }
        String text =
                Texts.databases(failures)
                        + " could not be taken back: retry or skip them to close the rollout, or"
                        + " abort it to put it aside as it is";
        return paused(PauseCause.FAILURE_BUDGET, text);
    }

    /** Where nothing at all was undone, the rollout is what it was before. */
    private RolloutOutcome outcome() {
        boolean nothing =
                targets.all().of(TargetState.ROLLED_BACK) == 0
                        && targets.all().of(TargetState.NOTHING_TO_UNDO) > 0;
        return rollout.reopenedFrom().filter(before -> nothing).orElse(RolloutOutcome.ROLLED_BACK);
    }

    private RolloutEvent paused(PauseCause cause, String reason) {
        return new RolloutPaused(
                rollout.id(),
                rollout.pauses() + 1,
                cause,
                reason,
                WaveRules.BY_STRATEGY,
                draft.now());
    }

    private String exceededText(int wave) {
        return "wave "
                + rollout.spec(wave).name()
                + ": "
                + Texts.databases(targets.rollbackFailures(wave))
                + " could not be taken back, "
                + allowed(wave)
                + " allowed; retry or skip them, or abort it to put it aside as it is";
    }

    private String endedText() {
        long back =
                targets.where(each -> each.wants(DesiredState.ROLLBACK))
                        .filter(each -> each.state() == TargetState.ROLLED_BACK)
                        .count();
        return Texts.databases((int) back)
                + " taken back"
                + PhaseText.nothingToUndo(targets)
                + ": resume to go on with what is left, or roll back all";
    }
}
