package dev.skein.protocol.plan;

import java.util.Optional;

/**
 * How the catalogue answers, after a crash in a non-transactional step: did it take effect?
 *
 * <p>Names are as the catalogue holds them: folded and unquoted. An absent schema means the first
 * schema of the target's search path that has the object.
 */
public sealed interface Probe {
    /** Answers with the visitor's overload for this kind of probe. */
    <R> R accept(Visitor<R> visitor);

    /**
     * {@code create index concurrently}: done if the index is there and valid; an invalid one is
     * dropped concurrently and built again.
     */
    record IndexCreated(Optional<String> schema, String table, String index) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** {@code drop index concurrently}: done if no such index is there. */
    record IndexDropped(Optional<String> schema, String index) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * {@code reindex … concurrently} of an index or a table: run again after the invalid copies
     * that an interrupted run leaves ({@code _ccnew}, {@code _ccold}) have been dropped.
     */
    record IndexRebuilt(Optional<String> schema, String relation) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * {@code alter table … detach partition … concurrently}: done if it is no partition any more; a
     * pending detach is finalized.
     */
    record PartitionDetached(
            Optional<String> parentSchema,
            String parent,
            Optional<String> partitionSchema,
            String partition)
            implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** A statement such as {@code vacuum} that can safely run again. */
    record Harmless() implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Nothing in the catalogue tells: after a crash a person decides. */
    record Undecidable() implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload a kind: a missing case does not compile. */
    interface Visitor<R> {
        /** An index that must be there and valid. */
        R on(IndexCreated probe);

        /** An index that must be gone. */
        R on(IndexDropped probe);

        /** An index or table whose indexes are rebuilt. */
        R on(IndexRebuilt probe);

        /** A partition that must be detached. */
        R on(PartitionDetached probe);

        /** Nothing to ask: run again. */
        R on(Harmless probe);

        /** Nothing to ask: a person decides. */
        R on(Undecidable probe);
    }
}
