package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/**
 * What an order asks for.
 *
 * <p>An agent that reads a kind it does not know, because it is older than the orchestrator, can
 * not decode the order and stops with a fault, because it must not pass over an order: agents are
 * brought up to date before the orchestrator is.
 */
public enum OrderKind implements Labelled {
    /** Bring the database to the end of the plan. */
    APPLY("apply"),
    /** Take back what this rollout applied. */
    ROLLBACK("rollback"),
    /**
     * Bring the database to the version that the order's terms name, forward or backward, whoever
     * applied what is there.
     */
    MOVE("move"),
    /** Take back what is above the version that the order's terms name, whoever applied it. */
    ROLLBACK_TO("rollback-to"),
    /** Read how far the database is, compare it with the plan, and write nothing. */
    SURVEY("survey"),
    /** Note that the database belongs to the fleet, where it agrees with the plan. */
    ADOPT("adopt");

    private final String label;

    OrderKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it ends with a report that the database was rolled back. */
    public boolean isBackward() {
        return switch (this) {
            case ROLLBACK, ROLLBACK_TO -> true;
            case APPLY, MOVE, SURVEY, ADOPT -> false;
        };
    }

    /** Whether carrying it out changes the database's schema. */
    public boolean changesSchema() {
        return switch (this) {
            case APPLY, ROLLBACK, MOVE, ROLLBACK_TO -> true;
            case SURVEY, ADOPT -> false;
        };
    }
}
