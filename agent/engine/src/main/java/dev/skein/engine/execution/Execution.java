package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Progress;

/**
 * One order's execution at one event, as far as its transition has been found.
 *
 * @param context what stays the same
 * @param state what changes
 * @param at the time of the event
 */
record Execution(ExecutionContext context, ExecutionState state, TimeAndJitter at) {
    /** The transition: from now on in this phase, and this is to be done. */
    Transition enter(ExecutionPhase phase, Action action) {
        return new Transition(state.with(phase), action);
    }

    Execution with(ExecutionState newState) {
        return new Execution(context, newState, at);
    }

    Execution with(ConnectState connect) {
        return with(state.with(connect));
    }

    Execution with(OrderProgress progress) {
        return with(state.with(progress));
    }

    Execution with(RetryState retry) {
        return with(state.with(retry));
    }

    Execution with(StatementState statement) {
        return with(state.with(statement));
    }

    Execution with(PendingState pending) {
        return with(state.with(pending));
    }

    OrderIssued order() {
        return context.order();
    }

    OrderProgress progress() {
        return state.progress();
    }

    RetryState retry() {
        return state.retry();
    }

    /** The step at hand. */
    PlannedStep plannedStep() {
        return progress().plannedStep();
    }

    ReportFactory reports() {
        return new ReportFactory(order(), context.plan());
    }

    /** Where the next report stands. */
    ReportPosition position() {
        return new ReportPosition(
                progress().sequence(),
                new Progress(progress().stepsDone(), progress().stepsTotal()),
                at.now());
    }

    /** The transaction under way is committed. */
    Execution recorded() {
        return with(progress().recorded(state.pending().entries())).with(PendingState.NOTHING);
    }
}
