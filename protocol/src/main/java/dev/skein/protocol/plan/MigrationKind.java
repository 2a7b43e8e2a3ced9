package dev.skein.protocol.plan;

import dev.skein.protocol.Labelled;

/** How often a migration is applied to one database. */
public enum MigrationKind implements Labelled {
    /** Once; its text never changes afterwards. */
    VERSIONED("versioned"),
    /** Whenever its checksum differs from the one recorded last, after all versioned ones. */
    REPEATABLE("repeatable"),
    /**
     * Once, in place of all versioned migrations up to its version, in a database that has none of
     * them.
     */
    BASELINE("baseline");

    private final String label;

    MigrationKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
