package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.StepFailure;
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
        Envelope report =
                execution
                        .reports()
                        .failedBeside(
                                execution.retry().lost().map(RetryState.Lost::step),
                                failure,
                                execution.position());
        return leave(execution, ExecutionEnd.FINISHED, Optional.of(report));
    }

    static Transition paused(Execution execution, Reply.Permitted reply) {
        Envelope report = execution.reports().paused(reply.permit().pause(), execution.position());
        return leave(execution, ExecutionEnd.PAUSED, Optional.of(report));
    }

    static Transition stopped(Execution execution, Reply.Permitted reply) {
        Envelope report = execution.reports().stopped(execution.position());
        return leave(execution, ExecutionEnd.STOPPED, Optional.of(report));
    }

    /** A newer order of the same database is known. */
    static Transition superseded(Execution execution, Reply.Permitted reply) {
        return leave(execution, ExecutionEnd.SUPERSEDED, Optional.empty());
    }

    /**
     * The ledger is ahead of the order and no newer order is known, so this execution has to report
     * how the order ends.
     */
    static Transition behindLedger(Execution execution, Reply.Permitted reply) {
        Envelope report =
                execution
                        .reports()
                        .behindLedger(execution.progress().survey(), execution.position());
        return leave(execution, ExecutionEnd.SUPERSEDED, Optional.of(report));
    }

    private static Transition leave(
            Execution execution, ExecutionEnd end, Optional<Envelope> report) {
        return execution.enter(ExecutionPhase.ENDED, new Action.Leave(end, report));
    }
}
