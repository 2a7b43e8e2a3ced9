package dev.skein.protocol.event;

/** What an order asks for. */
public enum OrderKind {
    /** Bring the database to the end of the plan. */
    APPLY("apply"),
    /** Take back what this rollout applied. */
    ROLLBACK("rollback");

    private final String label;

    OrderKind(String label) {
        this.label = label;
    }

    /** The name on the wire and for people. */
    public String label() {
        return label;
    }
}
