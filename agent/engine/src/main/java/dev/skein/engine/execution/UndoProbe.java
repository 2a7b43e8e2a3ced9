package dev.skein.engine.execution;

import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import java.time.Duration;

/**
 * Finds out whether there is anything for a step down to undo, after the run of its step up was
 * interrupted. What the interruption left is removed.
 */
final class UndoProbe {
    private UndoProbe() {}

    static Transition begin(Execution execution) {
        if (execution.plannedStep().interruptedUp().orElseThrow() instanceof DelegatedStep) {
            return DelegatedPhase.awaitEarlier(execution, ExecutionPhase.AWAITING_RUN_TO_UNDO);
        }
        StatementStep stepUp = stepUp(execution);
        return switch (ProbeKind.of(stepUp.probe())) {
            case CATALOGUE ->
                    execution.enter(
                            ExecutionPhase.PROBING_UNDO,
                            new Action.AskCatalogue(stepUp.session(), stepUp.probe()));
            case REPEATABLE -> undo(execution);
            case NONE -> InDoubtResolver.afterInterruption(execution);
        };
    }

    static StatementStep stepUp(Execution execution) {
        return (StatementStep) execution.plannedStep().interruptedUp().orElseThrow();
    }

    static Transition probed(Execution execution, Reply.Probed reply) {
        return switch (reply.result().state()) {
            case DONE -> undo(execution);
            case NOT_DONE -> nothingToUndo(execution);
            case REMNANT ->
                    execution.enter(
                            ExecutionPhase.DROPPING_UNDO,
                            new Action.DropIndexes(reply.result().remnants()));
            case DETACH_PENDING ->
                    execution.enter(
                            ExecutionPhase.FINALIZING_UNDO,
                            new Action.FinalizeDetach(
                                    stepUp(execution).session(),
                                    (Probe.PartitionDetached) stepUp(execution).probe()));
        };
    }

    static Transition dropped(Execution execution, Reply.Done done) {
        return nothingToUndo(execution);
    }

    static Transition detached(Execution execution, Reply.Done done) {
        return undo(execution);
    }

    /** The step up took effect: the step down runs. */
    static Transition undo(Execution execution) {
        return StepSequence.runKnown(execution, execution.plannedStep().withoutProbe());
    }

    /** The step up took no effect. */
    static Transition nothingToUndo(Execution execution) {
        PlannedStep first = execution.plannedStep();
        return switch (first.undoScope()) {
            case SEVERAL_STEPS -> undo(execution);
            case ONE_STEP -> foundDone(execution, first);
            case WHOLE_MIGRATION -> {
                Execution last = execution.with(execution.progress().onlyTheLastOfMigration());
                yield foundDone(
                        last,
                        first.completes() ? first : last.plannedStep().withFirst(first.changes()));
            }
        };
    }

    private static Transition foundDone(Execution execution, PlannedStep plannedStep) {
        return LedgerRecorder.writeSuccess(
                execution, plannedStep, StepOutcome.FOUND_DONE, Duration.ZERO);
    }
}
