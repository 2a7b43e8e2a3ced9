package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;

/**
 * What the catalogue shows of a statement that no transaction bounds, and what is done about what
 * an interrupted or failed run left.
 */
final class StatementProbe {
    private static final String DUPLICATE_TABLE = "42P07";

    private StatementProbe() {}

    static Transition ask(Execution execution, ExecutionPhase phase) {
        StatementStep step = StatementPhase.step(execution);
        return execution.enter(phase, new Action.AskCatalogue(step.session(), step.probe()));
    }

    static Transition afterInterruption(Execution execution, Reply.Probed reply) {
        return switch (reply.result().state()) {
            case DONE -> StatementPhase.foundDone(execution, StepOutcome.FOUND_DONE);
            case NOT_DONE -> StatementPhase.notDone(execution);
            case REMNANT -> drop(execution, ExecutionPhase.DROPPING_AFTER_INTERRUPTION, reply);
            case DETACH_PENDING -> finalizeDetach(execution);
        };
    }

    static Transition afterSuccess(Execution execution, Reply.Probed reply) {
        return switch (reply.result().state()) {
            case DONE -> StatementPhase.succeeded(execution);
            case NOT_DONE ->
                    StatementPhase.step(execution).probe() instanceof Probe.IndexRebuilt
                            ? StatementPhase.succeeded(execution)
                            : notVisible(execution);
            case REMNANT -> drop(execution, ExecutionPhase.DROPPING_AFTER_SUCCESS, reply);
            case DETACH_PENDING -> finalizeDetach(execution);
        };
    }

    private static Transition notVisible(Execution execution) {
        return RetryPolicy.giveUp(
                execution,
                ReportFactory.permanent(
                        "not-visible",
                        "the statement succeeded, but the catalogue does not show its effect;"
                                + " compare the names in the script with the database"),
                false);
    }

    /**
     * A valid object of the same name existed before, so it is not counted as this step's effect.
     */
    static Transition afterFailure(Execution execution, Reply.Probed reply) {
        StepFailure failure = failure(execution);
        // An index that existed before was not left by this run.
        boolean inTheWay = failure.sqlState().filter(DUPLICATE_TABLE::equals).isPresent();
        return switch (reply.result().state()) {
            case DONE -> RetryPolicy.retryOrGiveUp(execution, failure, true);
            case NOT_DONE ->
                    RetryPolicy.retryOrGiveUp(
                            execution, failure, StatementPhase.leavesNoTrace(execution));
            case REMNANT ->
                    inTheWay
                            ? RetryPolicy.retryOrGiveUp(execution, failure, true)
                            : drop(execution, ExecutionPhase.DROPPING_AFTER_FAILURE, reply);
            case DETACH_PENDING -> finalizeDetach(execution);
        };
    }

    private static StepFailure failure(Execution execution) {
        return execution.state().statement().failure().orElseThrow();
    }

    private static Transition drop(Execution execution, ExecutionPhase phase, Reply.Probed reply) {
        return execution.enter(phase, new Action.DropIndexes(reply.result().remnants()));
    }

    /** What an interrupted run left has been dropped. */
    static Transition droppedAfterInterruption(Execution execution, Reply.Done done) {
        return StatementPhase.notDone(execution.with(execution.state().statement().repaired()));
    }

    /** What the failed run left has been dropped. */
    static Transition droppedAfterFailure(Execution execution, Reply.Done done) {
        return RetryPolicy.retryOrGiveUp(execution, failure(execution), true);
    }

    private static Transition finalizeDetach(Execution execution) {
        StatementStep step = StatementPhase.step(execution);
        return execution
                .with(execution.state().statement().repaired())
                .enter(
                        ExecutionPhase.FINALIZING_DETACH,
                        new Action.FinalizeDetach(
                                step.session(), (Probe.PartitionDetached) step.probe()));
    }

    /** The detachment is final. */
    static Transition detached(Execution execution, Reply.Done done) {
        return StatementPhase.succeeded(execution);
    }
}
