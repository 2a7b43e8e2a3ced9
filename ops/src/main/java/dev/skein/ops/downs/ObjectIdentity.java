package dev.skein.ops.downs;

import java.util.Comparator;

/**
 * How the catalogue identifies an object, independent of its name.
 *
 * @param kind as in {@code alter … rename}
 * @param oid of the object; of its table for a column
 * @param part number of a column in its table; else 0
 */
record ObjectIdentity(Kind kind, long oid, int part) implements Comparable<ObjectIdentity> {
    private static final Comparator<ObjectIdentity> ORDER =
            Comparator.comparing(ObjectIdentity::kind)
                    .thenComparingLong(ObjectIdentity::oid)
                    .thenComparingInt(ObjectIdentity::part);

    @Override
    public int compareTo(ObjectIdentity other) {
        return ORDER.compare(this, other);
    }

    /**
     * Parts come before their owner: they are renamed while its name is still the one in the
     * statement.
     */
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
