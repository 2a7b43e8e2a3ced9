package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** What an order asks for. */
public enum OrderKind implements Labelled {
    /** Bring the database to the end of the plan. */
    APPLY("apply"),
    /** Take back what this rollout applied. */
    ROLLBACK("rollback");

    private final String label;

    OrderKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
