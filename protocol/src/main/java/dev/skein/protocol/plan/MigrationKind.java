package dev.skein.protocol.plan;

/** How often a migration is applied to one database. */
public enum MigrationKind {
    /** Once; its text never changes afterwards. */
    VERSIONED("versioned"),
    /** Whenever its checksum differs from the one recorded last, after all versioned ones. */
    REPEATABLE("repeatable");

    private final String label;

    MigrationKind(String label) {
        this.label = label;
    }

    /** The name in plans and on the wire. */
    public String label() {
        return label;
    }
}
