package dev.skein.engine.execution;

import java.time.Duration;

/**
 * The execution of one order in one database: one {@link Action} at a time, each followed by its
 * {@link Reply}.
 *
 * <ol>
 *   <li>Connect, take the locks, survey. A ledger that is ahead of the order ends the execution,
 *       with a failure unless a newer order is known; so does an end of this order that the ledger
 *       already holds.
 *   <li>Unless the ledger has it, accept the order.
 *   <li>From the survey alone, make the {@link ExecutionPlan}: what is left to do, or why nothing
 *       may be done.
 *   <li>Before each step ask for the permit; run the step; what proves it done is written in the
 *       same transaction where there is one.
 *   <li>The end of the order is written with the last step.
 *   <li>After a lost connection begin again at 1: only the database knows what took effect. A step
 *       that turns out not to be done is a failed attempt.
 * </ol>
 *
 * <p>Properties: nothing runs without a permit asked just before; no step runs that is already
 * applied; every row of the ledger has the sequence after the one before it; an execution ends, or
 * waits no longer than its patience for a database that cannot be reached.
 *
 * <p>All of it is {@link ExecutionTable}: state and event give the next state and action. This
 * object only keeps the current state, confined to whoever drives it: one {@link #begin}, then one
 * {@link #after} for each action, until it is {@link Action.Leave}.
 */
public final class OrderExecution {
    private final ExecutionContext context;
    private ExecutionState state;

    /**
     * An execution that has not begun.
     *
     * @param patience how long a database may be out of reach before the order fails
     */
    public OrderExecution(Assignment assignment, Duration patience) {
        context = new ExecutionContext(assignment, patience);
        state = ExecutionState.initial(context);
    }

    /** The first action. */
    public Action begin(TimeAndJitter at) {
        return on(new ExecutionEvent.Begin(), at);
    }

    /**
     * The action that follows on the last one's reply.
     *
     * @throws IllegalStateException if the last action has no such reply, or was the last of all
     */
    public Action after(Reply reply, TimeAndJitter at) {
        return on(reply, at);
    }

    private Action on(ExecutionEvent event, TimeAndJitter at) {
        Transition next = ExecutionTable.transition(new Execution(context, state, at), event);
        state = next.state();
        return next.action();
    }

    /** What it is doing. */
    ExecutionPhase phase() {
        return state.phase();
    }
}
