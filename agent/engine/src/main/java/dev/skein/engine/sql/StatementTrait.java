package dev.skein.engine.sql;

/** What else a statement's words say of it, beside its {@link StatementKind}. */
public enum StatementTrait {
    /** {@code commit and chain} or {@code rollback and chain}: the next transaction is open. */
    CHAINS,

    /**
     * {@code call}, or a {@code do} whose body ends transactions, calls a procedure or cannot be
     * read: with a query to itself it may commit parts of its work.
     */
    MAY_END_TRANSACTIONS,

    /** A {@code do} in whose body a {@code commit} or {@code rollback} stands as a statement. */
    ENDS_TRANSACTIONS,

    /** A {@code do} whose body makes a setting that lasts for the session. */
    SETS_SESSION,

    /** Makes, alters or drops what the catalogue shows, and changes no row of a table. */
    DEFINES,

    /** Changes or shows settings and nothing else. */
    SETS
}
