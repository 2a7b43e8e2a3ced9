package dev.skein.ops.lint;

import dev.skein.protocol.Labelled;

/** What a migration is for the applications that run beside it. */
public enum MigrationClass implements Labelled {
    /** Old and new applications work before and after it. */
    ADDITIVE("additive"),

    /** It changes rows, and the schema only as an additive one does. */
    DATA("data"),

    /** Applications of before fail after it: it needs phases. */
    BREAKING("breaking"),

    /** A program that the team's framework runs: what it does is not known. */
    UNKNOWN("unknown");

    private final String label;

    MigrationClass(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
