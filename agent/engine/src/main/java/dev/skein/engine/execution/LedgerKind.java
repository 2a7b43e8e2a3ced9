package dev.skein.engine.execution;

import java.util.Arrays;

/** What a row of the ledger says. */
public enum LedgerKind {
    /** The order's epoch holds. */
    ACCEPTED("accepted"),
    /** A step that no transaction bounds may have taken effect from here on. */
    STARTED("started"),
    /** A step is in the database. */
    DONE("done"),
    /** A step failed, left nothing behind, and is tried again. */
    RETRIED("retried"),
    /** The order came to its end; where it names a step, that step left nothing behind. */
    ENDED("ended");

    private final String label;

    LedgerKind(String label) {
        this.label = label;
    }

    /** The word in the ledger. */
    public String label() {
        return label;
    }

    /**
     * The kind of that label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static LedgerKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no ledger row is '" + label + "'"));
    }
}
