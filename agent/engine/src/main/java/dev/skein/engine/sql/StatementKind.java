package dev.skein.engine.sql;

/** What a statement does, as far as running it safely depends on that. */
public enum StatementKind {
    CREATE_INDEX,
    DROP_INDEX,
    REINDEX_INDEX,
    REINDEX_TABLE,

    /** {@code reindex} of a schema, a database or the system catalogues. */
    REINDEX_MANY,

    /** {@code alter table … detach partition}, concurrently or not, and its {@code finalize}. */
    DETACH_PARTITION,

    VACUUM,
    CLUSTER,

    /** {@code create}, {@code drop} or {@code alter database}. */
    DATABASE,

    /** {@code create} or {@code drop tablespace}. */
    TABLESPACE,

    /** {@code alter system}. */
    SYSTEM,

    /** {@code create}, {@code alter} or {@code drop subscription}. */
    SUBSCRIPTION,

    /** {@code discard}. */
    DISCARD,

    /** {@code begin} or {@code start transaction}. */
    BEGIN,

    /** {@code commit} or {@code end}. */
    COMMIT,

    /** {@code rollback} or {@code abort}, but not to a savepoint. */
    ROLLBACK,

    /** {@code savepoint}, {@code release} or {@code rollback to}: harmless inside a transaction. */
    SAVEPOINT,

    /** {@code prepare transaction}, {@code commit prepared} or {@code rollback prepared}. */
    TWO_PHASE,

    /** {@code set transaction}. */
    SET_TRANSACTION,

    /** {@code set}, {@code reset}, or {@code select set_config(…)} that outlives a transaction. */
    SETTING,

    OTHER
}
