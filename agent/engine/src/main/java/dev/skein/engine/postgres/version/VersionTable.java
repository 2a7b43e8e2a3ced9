package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.execution.VersionHistory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A framework's own version table in one database, as SQL text. Immutable. */
public interface VersionTable {
    /** SQLSTATE of a guard that found the table changed by somebody else. */
    String OVERTAKEN = "SK002";

    /** SQLSTATE of a framework's table on which somebody else's code hangs. */
    String FOREIGN = "SK005";

    /** SQLSTATE of a framework's table with a trigger that may fire by the commit alone. */
    String PUT_OFF = "SK006";

    /**
     * Key of a session advisory lock that an execution holds: the one that the framework takes or,
     * beside a {@link #migrationLock}, one of Skein's own that tells an execution in progress from
     * one that died. Absent where there is neither.
     */
    OptionalLong lockKey();

    /** The framework's lock row; absent where it has none. */
    default Optional<MigrationLock> migrationLock() {
        return Optional.empty();
    }

    /**
     * The name of the version table in the ledger, so that the steps of different tables do not
     * mix.
     */
    String ledgerKey();

    /** The schema of the framework's tables; only asked where there are some. */
    default String schema() {
        throw new IllegalStateException("there is no version table");
    }

    /**
     * The framework's tables, which are all in one schema; none where there is no version table.
     */
    default List<String> tables() {
        return List.of();
    }

    /**
     * A statement that fails with {@link #FOREIGN} where code of somebody else would run when the
     * tables are read or written, and with {@link #PUT_OFF} where the commit itself could change
     * what was counted; empty where there is none. Also for a transaction that can change nothing,
     * and whether or not the tables exist.
     */
    default String trust() {
        return tables().isEmpty() ? "" : VersionTableTrust.check(schema(), tables());
    }

    /**
     * The same for a transaction that writes them; nothing more can be hung on them until its end.
     */
    default String trustToWrite() {
        return tables().isEmpty() ? "" : VersionTableTrust.lockAndCheck(schema(), tables());
    }

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
     * the table still says what the step expects, and lock it against changes by others until the
     * transaction ends. Empty where the framework's lock ensures both.
     */
    default String guard(VersionExpectation expectation) {
        return "";
    }

    /** Statements that make the change; empty where there is no table. */
    String change(VersionChange change);

    /**
     * Statements that follow on {@link #change} in its transaction: they fail with {@link
     * dev.skein.engine.sql.RowCountCheck#MISSING} unless the table is as the change leaves it.
     * Empty where there is nothing to change.
     */
    default String check(VersionChange change) {
        return "";
    }

    /**
     * Statements, for one transaction, that remove from the table what an interrupted run of the
     * framework left half done; each returns, as {@code mended}, a text that says what it did.
     * Needs the locks; a stuck {@link #migrationLock} is mended while they are taken. Absent where
     * no row can be half done.
     */
    default Optional<String> repair() {
        return Optional.empty();
    }
}
