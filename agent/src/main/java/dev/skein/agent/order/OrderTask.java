package dev.skein.agent.order;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Progress;

/** One order as this process has dealt with it so far. Confined to its scheduler. */
final class OrderTask {
    private final OrderIssued order;

    /**
     * Whether it is certain that nothing of this order, or of an earlier one of its rollout, runs
     * unless this process runs it. An order of before the start may have been begun by a process
     * that died and whose statement still runs, and an agent that the database was taken from may
     * not have heard of it yet; only an execution, which takes the database's lock first, can tell.
     */
    private boolean known;

    private boolean done;

    /**
     * Whether it has failed and its ledger does not say so. A process that starts later may take it
     * up again, so it takes part in pauses; this one does not.
     */
    private boolean unrecorded;

    private int pauseAtFailure;
    private int pauseConfirmed;
    private Progress progress = new Progress(0, 0);

    OrderTask(OrderIssued order, boolean known) {
        this.order = order;
        this.known = known;
    }

    OrderIssued order() {
        return order;
    }

    boolean known() {
        return known;
    }

    boolean done() {
        return done;
    }

    int pauseConfirmed() {
        return pauseConfirmed;
    }

    Progress progress() {
        return progress;
    }

    boolean unrecorded() {
        return unrecorded;
    }

    /** Whether one more execution, which takes the lock first, may tell what of it still runs. */
    boolean wantsInquiry(int pause) {
        return unrecorded && !known && pause > pauseAtFailure;
    }

    void executed(ExecutionEnd end) {
        known =
                switch (end) {
                    case FINISHED, UNRECORDED, PAUSED, STOPPED -> true;
                    case UNREACHED -> known;
                    case SUPERSEDED -> !unrecorded || known;
                    case IN_DOUBT -> false;
                };
    }

    /** An earlier order of its rollout has left a statement that may still run. */
    void doubt() {
        known = false;
    }

    void finish() {
        done = true;
    }

    /**
     * It has failed, and its ledger does not say so.
     *
     * @param pause the number of the pause in force; 0 for none
     */
    void failBesideLedger(int pause) {
        unrecorded = true;
        pauseAtFailure = Math.max(pauseAtFailure, pause);
    }

    /**
     * The log is told by the ledger what becomes of it. An execution that was only to find out what
     * still runs may have written that: then it goes on after the pause, or is over where the
     * ledger is ahead of it.
     */
    void takeUpAgain() {
        unrecorded = false;
    }

    void confirmed(int pause, Progress reached) {
        pauseConfirmed = Math.max(pauseConfirmed, pause);
        progress = reached;
    }
}
