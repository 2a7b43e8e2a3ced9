package dev.skein.protocol.plan;

import dev.skein.protocol.Labelled;

/**
 * What can stay in a database of a text that was sent as one simple query and failed or was cut off
 * before its end.
 *
 * <p>It is read from the text once, when the plan is built. A text without transaction control is
 * one transaction, and one {@code begin} takes in what stands before it (PostgreSQL, section
 * 55.2.2.1).
 */
public enum Atomicity implements Labelled {
    /** All of it or nothing. */
    ATOMIC("atomic"),
    /** Parts of it, all of which the catalogue shows. */
    SCHEMA_ONLY("schema-only"),
    /** Parts of it, some of which the catalogue may not show. */
    NOT_ATOMIC("not-atomic");

    private final String label;

    Atomicity(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
