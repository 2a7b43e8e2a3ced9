package dev.skein.ops.downs;

import java.util.Comparator;

/**
 * What the catalogue knows an object by, whatever it is called.
 *
 * @param kind as in {@code alter … rename}
 * @param oid of the object; of its table for a column
 * @param part number of a column in its table; else 0
 */
record Identity(Kind kind, long oid, int part) implements Comparable<Identity> {
    private static final Comparator<Identity> ORDER =
            Comparator.comparing(Identity::kind)
                    .thenComparingLong(Identity::oid)
                    .thenComparingInt(Identity::part);

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }

    /** Parts come before what they are part of, whose name they are addressed by. */
    enum Kind {
        LABEL("label"),
        COLUMN("column"),
        CONSTRAINT("constraint"),
        INDEX("index"),
        SEQUENCE("sequence"),
        VIEW("view"),
        MATERIALIZED_VIEW("materialized view"),
        TABLE("table"),
        TYPE("type");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Kind of(String words) {
            for (Kind kind : values()) {
                if (kind.words.equals(words)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(words);
        }
    }
}
