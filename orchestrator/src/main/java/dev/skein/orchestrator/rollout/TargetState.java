package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Labelled;

/** What one database is doing in one rollout. */
public enum TargetState implements Labelled {
    /** No order of its current goal was issued. */
    PENDING("pending"),
    /** Ordered; the agent has not taken it yet. */
    ORDERED("ordered"),
    /** The agent works on it. */
    RUNNING("running"),
    /**
     * Its agent has confirmed the pause; nothing of it runs. Only shown: decisions know no such.
     */
    PAUSED("paused"),
    /** Every step of the plan is in it. */
    APPLIED("applied"),
    /** It was read and left alone. */
    SURVEYED("surveyed"),
    /** It has a ledger and belongs to the fleet; nothing else of it was changed. */
    ADOPTED("adopted"),
    /** The order ended without success. */
    FAILED("failed"),
    /** What the rollout had applied is rolled back. */
    ROLLED_BACK("rolled-back"),
    /** It was to be rolled back, and nothing of that was there; whatever is stays. */
    NOTHING_TO_UNDO("nothing-to-undo"),
    /** Taking back ended without success. */
    ROLLBACK_FAILED("rollback-failed"),
    /** There is no way back; nothing was run. */
    IRREVERSIBLE("irreversible"),
    /** A report of its agent could not be taken: what is in it is known to its ledger only. */
    NEEDS_ATTENTION("needs-attention"),
    /** Left out. */
    SKIPPED("skipped"),
    /** Ordered, but its agent is silent or cannot reach it. */
    UNREACHABLE("unreachable");

    private final String label;

    TargetState(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether nothing more happens to it without a retry, a rollback or better news. */
    public boolean isEnd() {
        return switch (this) {
            case APPLIED, SURVEYED, ADOPTED -> true;
            case FAILED, ROLLED_BACK, NOTHING_TO_UNDO, ROLLBACK_FAILED, IRREVERSIBLE -> true;
            case NEEDS_ATTENTION, SKIPPED -> true;
            case PENDING, ORDERED, RUNNING, PAUSED, UNREACHABLE -> false;
        };
    }

    /** Whether what the rollout is for was done. */
    public boolean isDone() {
        return this == APPLIED || this == SURVEYED || this == ADOPTED;
    }

    /** Whether it counts against the failure budget. */
    public boolean isFailure() {
        return this == FAILED
                || this == ROLLBACK_FAILED
                || this == IRREVERSIBLE
                || this == NEEDS_ATTENTION;
    }
}
