package dev.skein.engine;

import io.vertx.core.Future;

/**
 * Looks at one execution from inside, such as a rehearsal that measures each step. The execution
 * waits for the observer's answers and otherwise runs as without one.
 *
 * <p>Called on the execution's context, one call at a time; an observer that blocks does so
 * elsewhere.
 */
public interface ExecutionObserver {
    /** The observer of an execution that nobody observes. */
    ExecutionObserver NONE =
            new ExecutionObserver() {
                @Override
                public boolean looksIntoScripts() {
                    return false;
                }
            };

    /**
     * Whether scripts wait for {@link #beforeCommit}; without an observer the messages of a script
     * are sent without waiting for each other.
     */
    default boolean looksIntoScripts() {
        return true;
    }

    /** The steps before are committed, and the permit for the next one is not yet asked for. */
    default Future<Void> betweenSteps() {
        return Future.succeededFuture();
    }

    /**
     * Nothing of a step is sent yet.
     *
     * @param backend the process id of the server's side of the session
     * @param transactional whether the step runs in a transaction of the execution
     */
    default Future<Void> beforeStep(int backend, boolean transactional) {
        return Future.succeededFuture();
    }

    /** All of a script has run, and its transaction is still open. */
    default Future<Void> beforeCommit(int backend) {
        return Future.succeededFuture();
    }

    /** The step has ended, well or badly. */
    default void afterStep() {
        // The answer of an observer that has nothing to wait for.
    }

    /** The server refused a statement and said this besides; it may hold the data of a row. */
    default void refusedWith(String detail) {
        // Reports leave it out.
    }
}
