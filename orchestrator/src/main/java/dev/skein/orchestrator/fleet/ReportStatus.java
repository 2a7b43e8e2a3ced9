package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.OrderKind;

/** What the last report said about an order. */
public enum ReportStatus {
    /** The agent has it; the ledger does not hold it yet. */
    WAITING,
    /** The ledger holds it; steps run. */
    RUNNING,
    /** A step failed for a passing reason and will be tried again. */
    RETRYING,
    /** The database cannot be worked on right now; the agent keeps trying. */
    UNAVAILABLE,
    /** Ended: every step of the plan is in the database. */
    APPLIED,
    /** Ended: the database was read and left alone. */
    SURVEYED,
    /** Ended: the database has a ledger. */
    ADOPTED,
    /** Ended: what the rollout had applied is rolled back. */
    ROLLED_BACK,
    /** Ended: nothing of what was to be rolled back was there. */
    NOTHING_TO_UNDO,
    /** Ended without success, until the database says better. */
    FAILED,
    /** Ended: there is no way back. */
    IRREVERSIBLE;

    /** Whether nothing that is reported later of the same order can change it. */
    public boolean isFinal() {
        return switch (this) {
            case APPLIED, SURVEYED, ADOPTED, ROLLED_BACK, NOTHING_TO_UNDO, IRREVERSIBLE -> true;
            case WAITING, RUNNING, RETRYING, UNAVAILABLE, FAILED -> false;
        };
    }

    /** Whether an order of this kind can come to it. */
    boolean fits(OrderKind kind) {
        return switch (this) {
            case APPLIED -> kind == OrderKind.APPLY || kind == OrderKind.MOVE;
            case SURVEYED -> kind == OrderKind.SURVEY;
            case ADOPTED -> kind == OrderKind.ADOPT;
            case ROLLED_BACK, NOTHING_TO_UNDO -> kind.isBackward();
            case IRREVERSIBLE -> kind.isBackward() || kind == OrderKind.MOVE;
            case WAITING, RUNNING, RETRYING, UNAVAILABLE, FAILED -> true;
        };
    }

    /** Whether the agent works on the order, or will. */
    public boolean isOutstanding() {
        return this == WAITING || this == RUNNING || this == RETRYING || this == UNAVAILABLE;
    }
}
