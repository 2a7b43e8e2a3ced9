package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** What an order asks for. */
public enum OrderKind implements Labelled {
    /** Bring the database to the end of the plan. */
    APPLY("apply"),
    /** Take back what this rollout applied. */
    ROLLBACK("rollback"),
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

    /** Whether carrying it out changes the database's schema. */
    public boolean changesSchema() {
        return switch (this) {
            case APPLY, ROLLBACK -> true;
            case SURVEY, ADOPT -> false;
        };
    }
}
