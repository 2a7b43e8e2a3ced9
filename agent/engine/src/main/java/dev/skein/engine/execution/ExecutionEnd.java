package dev.skein.engine.execution;

/** How an execution came to its end. */
public enum ExecutionEnd {
    /** The order has come to an end, good or bad, and the end has been reported. */
    FINISHED,
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
