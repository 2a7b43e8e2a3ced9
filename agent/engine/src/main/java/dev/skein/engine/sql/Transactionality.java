package dev.skein.engine.sql;

/** Whether a statement may run in a transaction block, in PostgreSQL 13 to 18. */
public enum Transactionality {
    /**
     * Runs inside a transaction block. So does, as far as its text can tell, what depends on more
     * than text: {@code call} and {@code do} (the body may end transactions), {@code reindex} and
     * {@code cluster} of a table (refused inside a block where the table is partitioned).
     */
    TRANSACTIONAL,

    /** Refused by the server inside a transaction block. */
    NON_TRANSACTIONAL,

    /** Begins, ends or shapes a transaction itself. */
    CONTROL,

    /** Changes a setting of the session, on which the statements after it may depend. */
    SESSION
}
