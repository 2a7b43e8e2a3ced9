package dev.skein.engine.execution;

/** What an execution reacts to: its begin, and the outcome of each action it asked for. */
public sealed interface ExecutionEvent permits ExecutionEvent.Begin, Reply {
    /** The name of the event in the table of the execution. */
    Kind kind();

    /** The order is taken up. */
    record Begin() implements ExecutionEvent {
        @Override
        public Kind kind() {
            return Kind.BEGIN;
        }
    }

    /** The columns of the table of the execution. */
    enum Kind {
        /** The order is taken up. */
        BEGIN,
        /** The connection is open, its locks are held, the database has been read. */
        SURVEYED,
        /** The next step may start. */
        PERMIT_GO,
        /** The rollout is paused. */
        PERMIT_PAUSED,
        /** The rollout was aborted. */
        PERMIT_STOPPED,
        /** A newer order of the same database is known. */
        PERMIT_SUPERSEDED,
        /** The action is done. */
        DONE,
        /** The catalogue has answered. */
        PROBED,
        /** The digests of the objects are there. */
        FINGERPRINTED,
        /** The query of a check has answered. */
        ANSWERED,
        /** The server refused: nothing took effect. */
        FAILED_REFUSED,
        /** The connection is lost: whether the action took effect is unknown. */
        FAILED_LOST,
        /** The version table is no longer as surveyed: nothing took effect. */
        FAILED_OVERTAKEN,
        /** The ledger holds a higher epoch: nothing took effect, and nothing more may. */
        FAILED_SUPERSEDED
    }
}
