package dev.skein.engine.execution;

import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;

/** One step after the other, each with a permit asked just before. */
final class StepSequence {
    private StepSequence() {}

    /** Goes on to the step at hand, or ends the order where none is left. */
    static Transition next(Execution execution) {
        if (execution.progress().isDone()) {
            return LedgerRecorder.write(execution, new LedgerWrite.Completion());
        }
        return execution
                .with(execution.retry().atStep(execution.plannedStep().ref()))
                .enter(
                        ExecutionPhase.PERMIT_BEFORE_STEP,
                        new Action.AskPermit(execution.plannedStep().ref().index() == 0));
    }

    /** The step at hand may start. One that was lost and is not done is a failed attempt first. */
    static Transition start(Execution execution, Reply.Permitted reply) {
        PlannedStep plannedStep = execution.plannedStep();
        if (plannedStep.uncertain() || plannedStep.interruptedUp().isPresent()) {
            return run(execution);
        }
        Execution known = execution.with(execution.retry().withoutLost());
        return execution
                .retry()
                .lost()
                .map(lost -> RetryPolicy.retryOrGiveUp(known, lost.failure(), true))
                .orElseGet(() -> run(execution));
    }

    private static Transition run(Execution execution) {
        return execution.plannedStep().interruptedUp().isPresent()
                ? UndoProbe.begin(execution)
                : execution.plannedStep().step().accept(new BeginStep(execution));
    }

    /** Runs the step at hand, of which more is known now. */
    static Transition runKnown(Execution execution, PlannedStep known) {
        return run(execution.with(execution.progress().withPlannedStep(known)));
    }

    /** The step at hand is done, and the ledger says so. */
    static Transition stepDone(Execution execution, Reply.Done done) {
        Execution after = execution.recorded();
        after = after.with(after.retry().stepDone()).with(after.progress().stepDone());
        return after.progress().isDone()
                ? ExecutionExit.finished(after)
                : WaitReason.BETWEEN_STEPS.begin(after, after.order().limits().pauseBetweenSteps());
    }

    /** The first action of a step, by its kind. */
    private record BeginStep(Execution execution) implements Step.Visitor<Transition> {
        @Override
        public Transition on(ScriptStep step) {
            LedgerWrite.Success success =
                    new LedgerWrite.Success(
                            execution.plannedStep(), StepOutcome.EXECUTED, Duration.ZERO);
            Records records = LedgerRecorder.success(execution, success);
            return execution
                    .with(PendingState.running(records.entries().size()))
                    .enter(
                            ExecutionPhase.RUNNING_SCRIPT,
                            new Action.RunScript(step.sql(), records));
        }

        @Override
        public Transition on(StatementStep step) {
            return StatementPhase.begin(execution);
        }

        @Override
        public Transition on(DelegatedStep step) {
            return DelegatedPhase.begin(execution);
        }

        @Override
        public Transition on(CheckStep step) {
            return execution.enter(ExecutionPhase.RUNNING_CHECK, new Action.RunCheck(step.query()));
        }
    }
}
