package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import java.util.Optional;

/** How an execution leaves its database. */
final class ExecutionExit {
    private ExecutionExit() {}

    /** The order has come to its end, and the ledger says so. */
    static Transition finished(Execution execution) {
        return leave(execution, ExecutionEnd.FINISHED, Optional.empty());
    }

    /** The order fails, and the ledger cannot be written. */
    static Transition failedBeside(Execution execution, StepFailure failure) {
        Optional<StepRef> lost = execution.retry().lost().map(RetryState.Lost::step);
        StepFailure told = lost.isPresent() ? inDoubt(failure) : failure;
        Envelope report = execution.reports().failedBeside(lost, told, execution.position());
        return leave(execution, unrecorded(execution), Optional.of(report));
    }

    private static ExecutionEnd unrecorded(Execution execution) {
        if (execution.retry().lost().isPresent()) {
            return ExecutionEnd.IN_DOUBT;
        }
        return execution.state().connect().everReached()
                ? ExecutionEnd.UNRECORDED
                : ExecutionEnd.UNREACHED;
    }

    private static StepFailure inDoubt(StepFailure failure) {
        return new StepFailure(
                failure.code(),
                failure.sqlState(),
                failure.message() + "; its last statement may still be running there",
                failure.passing(),
                failure.blockers());
    }

    static Transition paused(Execution execution, Reply.Permitted reply) {
        Envelope report = execution.reports().paused(reply.permit().pause(), execution.position());
        return leave(execution, ExecutionEnd.PAUSED, Optional.of(report));
    }

    static Transition stopped(Execution execution, Reply.Permitted reply) {
        Envelope report = execution.reports().stopped(execution.position());
        return leave(execution, ExecutionEnd.STOPPED, Optional.of(report));
    }

    /**
     * A newer order of the same database is known. Whoever carries that out has to know whether a
     * statement of this one may still run.
     */
    static Transition superseded(Execution execution, Reply.Permitted reply) {
        ExecutionEnd end =
                execution.retry().lost().isPresent()
                        ? ExecutionEnd.IN_DOUBT
                        : ExecutionEnd.SUPERSEDED;
        return leave(execution, end, Optional.empty());
    }

    /**
     * The ledger is ahead of the order and no newer order is known, so this execution has to report
     * how the order ends.
     */
    static Transition behindLedger(Execution execution, Reply.Permitted reply) {
        Envelope report =
                execution
                        .reports()
                        .barred(
                                new LedgerLink(execution.order(), execution.progress().survey()),
                                execution.position());
        return leave(execution, ExecutionEnd.SUPERSEDED, Optional.of(report));
    }

    private static Transition leave(
            Execution execution, ExecutionEnd end, Optional<Envelope> report) {
        return execution.enter(ExecutionPhase.ENDED, new Action.Leave(end, report));
    }
}
