package dev.skein.engine.execution;

/** How an execution came to its end. */
public enum ExecutionEnd {
    /** The order has come to an end, good or bad, and the end has been reported. */
    FINISHED,
    /**
     * The order has failed, which has been reported, and the ledger does not say so: a process that
     * starts later may take it up again. Nothing of it runs.
     */
    UNRECORDED,
    /**
     * As {@link #UNRECORDED}, and the database was never reached: what an earlier process began may
     * still run there.
     */
    UNREACHED,
    /** As {@link #UNRECORDED}, and the last statement may still run there. */
    IN_DOUBT,
    /** A pause was seen and reported; the same order is executed again after the resume. */
    PAUSED,
    /** An abort was seen and reported; the order is not executed again. */
    STOPPED,
    /**
     * A newer order is there, and nothing was reported; or the ledger is ahead of this one, and
     * that was reported unless a newer order was known.
     */
    SUPERSEDED
}
