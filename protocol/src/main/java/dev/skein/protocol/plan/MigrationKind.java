package dev.skein.protocol.plan;

import dev.skein.protocol.Labelled;

/** How often a migration is applied to one database. */
public enum MigrationKind implements Labelled {
    /** Once; its text never changes afterwards. */
    VERSIONED("versioned"),
    /** Whenever its checksum differs from the one recorded last, after all versioned ones. */
    REPEATABLE("repeatable");

    private final String label;

    MigrationKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
