package dev.skein.ops.lint;

import dev.skein.protocol.Labelled;

/** What a statement may do to others, or to itself. */
public enum Hazard implements Labelled {
    /** Nobody reads or writes the table meanwhile: ACCESS EXCLUSIVE. */
    BLOCKS_READS("blocks-reads"),

    /** Nobody writes the table meanwhile. */
    BLOCKS_WRITES("blocks-writes"),

    /** The whole table is written anew, under ACCESS EXCLUSIVE. */
    REWRITE("rewrite"),

    /** The whole table is read under a lock. */
    SCAN("scan"),

    /** Data is gone afterwards. */
    LOSS("loss"),

    /** Applications of before fail on the schema of afterwards. */
    BREAKS_CODE("breaks-code"),

    /** Fails where the table holds certain rows, or any. */
    FAILS_ON_ROWS("fails-on-rows"),

    /** Fails wherever it runs, or where rights or order are not as it needs them. */
    FAILS("fails");

    private final String label;

    Hazard(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
