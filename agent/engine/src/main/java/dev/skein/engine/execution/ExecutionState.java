package dev.skein.engine.execution;

/**
 * What changes in the course of one order's execution.
 *
 * @param phase what it is doing
 * @param connect attempts to reach the database
 * @param progress what the database said, and what is left to do
 * @param retry attempts at the step at hand, and failed writes
 * @param statement the run of a statement that no transaction bounds
 * @param pending what is being written or waited for
 */
record ExecutionState(
        ExecutionPhase phase,
        ConnectState connect,
        OrderProgress progress,
        RetryState retry,
        StatementState statement,
        PendingState pending) {
    /** Before anything has happened. */
    static ExecutionState initial(ExecutionContext context) {
        return new ExecutionState(
                ExecutionPhase.NEW,
                ConnectState.INITIAL,
                OrderProgress.unknown(context),
                RetryState.FIRST_ATTEMPT,
                StatementState.NOT_RUN,
                PendingState.NOTHING);
    }

    ExecutionState with(ExecutionPhase newPhase) {
        return new ExecutionState(newPhase, connect, progress, retry, statement, pending);
    }

    ExecutionState with(ConnectState newConnect) {
        return new ExecutionState(phase, newConnect, progress, retry, statement, pending);
    }

    ExecutionState with(OrderProgress newProgress) {
        return new ExecutionState(phase, connect, newProgress, retry, statement, pending);
    }

    ExecutionState with(RetryState newRetry) {
        return new ExecutionState(phase, connect, progress, newRetry, statement, pending);
    }

    ExecutionState with(StatementState newStatement) {
        return new ExecutionState(phase, connect, progress, retry, newStatement, pending);
    }

    ExecutionState with(PendingState newPending) {
        return new ExecutionState(phase, connect, progress, retry, statement, newPending);
    }
}
