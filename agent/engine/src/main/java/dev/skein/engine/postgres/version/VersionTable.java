package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.execution.VersionHistory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A framework's own books in one database, as SQL text. Immutable. */
public interface VersionTable {
    /** SQLSTATE of a guard that found the table changed by somebody else. */
    String OVERTAKEN = "SK002";

    /**
     * Key of a session advisory lock that a walk holds: the one that keeps the framework out or,
     * beside a {@link #lockRow}, one of Skein's own that tells a walk in progress from one that
     * died. Absent where there is neither.
     */
    OptionalLong lockKey();

    /** The row by which the framework keeps itself out; absent where it has none. */
    default Optional<LockRow> lockRow() {
        return Optional.empty();
    }

    /** The name of the books in the ledger, so that different books do not mix. */
    String book();

    /** Statements that create the table where it is absent; empty where there is none. */
    String creation();

    /**
     * A query for the rows, oldest first: {@code version, description, type, checksum} as text and
     * {@code success}; absent where there is no table.
     */
    Optional<String> query();

    /** What the rows say; absent where there is no table. */
    Optional<VersionHistory> history(List<VersionRow> rows);

    /**
     * Statements for the begin of a step's transaction: they fail with {@link #OVERTAKEN} unless
     * the table still says what the step takes for granted, and keep it from being changed by
     * others until the transaction ends. Empty where the framework's lock sees to both.
     */
    default String guard(VersionExpectation expectation) {
        return "";
    }

    /** Statements that make the change; empty where there is no table. */
    String change(VersionChange change);

    /**
     * Statements that follow on {@link #change} in its transaction: they fail with {@link
     * dev.skein.engine.sql.Written#MISSING} unless the table is as the change leaves it. Empty
     * where there is nothing to change.
     */
    default String check(VersionChange change) {
        return "";
    }

    /**
     * Statements, for one transaction, that take out of the books what an interrupted run of the
     * framework left half done; each returns, as {@code mended}, words for what it did. To be run
     * by who holds the locks; a stuck {@link #lockRow} is mended on the way to them. Absent where
     * no row can be half done.
     */
    default Optional<String> repair() {
        return Optional.empty();
    }
}
