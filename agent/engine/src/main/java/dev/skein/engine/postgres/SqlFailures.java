package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply.Failed.Nature;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.engine.sql.RowCountCheck;
import io.vertx.pgclient.PgException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * Classifies failures by SQLSTATE (PostgreSQL, appendix A). What is not in the table is a permanent
 * {@code sql-error}. Where a single statement expects one particular code, its caller checks that
 * code itself.
 */
public final class SqlFailures {
    /** Code of everything without an entry. */
    public static final String SQL_ERROR = "sql-error";

    private static final String CONNECTION_LOST = "connection-lost";
    private static final String CONNECTION_CLASS = "08";

    /** What PgBouncer answers to settings that it does not know. */
    private static final String PROTOCOL = "08P01";

    private static final String PARAMETER = "unsupported startup parameter";
    private static final Map<String, Meaning> TABLE = new TreeMap<>();

    /** A connection cannot be used after these, whatever their severity. */
    private static final Set<String> FATAL = Set.of("FATAL", "PANIC");

    private record Meaning(String code, boolean passing) {}

    static {
        passing("55P03", "lock-timeout");
        passing("40001", "serialization-failure");
        passing("40P01", "deadlock");
        passing("57P01", "terminated");
        passing("57P02", "server-crashed");
        passing("57P03", "server-starting");
        passing("57P05", "terminated");
        passing("25P03", "terminated");
        passing("53300", "too-many-connections");
        permanent("57014", "canceled");
        permanent("28P01", "authentication-failed");
        permanent("28000", "authentication-failed");
        permanent("3D000", "no-such-database");
        permanent("42501", "permission-denied");
        permanent("25006", "read-only");
        permanent(LedgerSql.FENCED, "superseded");
        permanent(LedgerSql.FOREIGN, "foreign-ledger");
        passing(HeldLocks.LOST, "lock-lost");
        permanent(VersionTable.FOREIGN, "foreign-version-table");
        permanent(VersionTable.PUT_OFF, "deferrable-trigger");
        passing(VersionTable.OVERTAKEN, "version-table-moved");
        permanent(RowCountCheck.MISSING, "row-not-written");
    }

    private SqlFailures() {}

    private static void passing(String sqlState, String code) {
        TABLE.put(sqlState, new Meaning(code, true));
    }

    private static void permanent(String sqlState, String code) {
        TABLE.put(sqlState, new Meaning(code, false));
    }

    /** Whether the same attempt may succeed later after a failure of this SQLSTATE. */
    public static boolean isPassing(String sqlState) {
        return sqlState.startsWith(CONNECTION_CLASS)
                || TABLE.getOrDefault(sqlState, new Meaning(SQL_ERROR, false)).passing;
    }

    /** What this failure of a connection or a statement means. */
    public static SqlFailure of(Throwable cause) {
        if (cause instanceof PgException refused) {
            return ofServer(refused);
        }
        if (cause instanceof RefusedException refused) {
            return SqlFailure.of(refused.reply());
        }
        if (cause instanceof IllegalArgumentException) {
            return new SqlFailure(
                    "configuration", Optional.empty(), text(cause), false, Nature.REFUSED);
        }
        if (cause instanceof UnsupportedOperationException) {
            return new SqlFailure(
                    "unsupported",
                    Optional.empty(),
                    "the server asked for something that the agent cannot give, such as the rows of"
                            + " a 'copy … from stdin'; take it out of the script",
                    false,
                    Nature.LOST);
        }
        return ofConnection(cause);
    }

    private static SqlFailure ofServer(PgException refused) {
        String sqlState = refused.getSqlState() == null ? "" : refused.getSqlState();
        Meaning meaning = TABLE.getOrDefault(sqlState, new Meaning(SQL_ERROR, false));
        if (sqlState.equals(PROTOCOL)
                && String.valueOf(refused.getErrorMessage()).contains(PARAMETER)) {
            return SessionSettings.pooler("it says '" + refused.getErrorMessage() + "'");
        }
        if (sqlState.startsWith(CONNECTION_CLASS)) {
            meaning = new Meaning(CONNECTION_LOST, true);
        }
        return new SqlFailure(
                meaning.code,
                Optional.of(sqlState).filter(state -> !state.isEmpty()),
                words(refused),
                meaning.passing,
                nature(refused, sqlState));
    }

    private static Nature nature(PgException refused, String sqlState) {
        if (sqlState.equals(LedgerSql.FENCED)) {
            return Nature.SUPERSEDED;
        }
        if (sqlState.equals(VersionTable.OVERTAKEN)) {
            return Nature.OVERTAKEN;
        }
        if (sqlState.equals(HeldLocks.LOST)) {
            return Nature.LOST;
        }
        boolean fatal = FATAL.contains(String.valueOf(refused.getSeverity()));
        return fatal || sqlState.startsWith(CONNECTION_CLASS) ? Nature.LOST : Nature.REFUSED;
    }

    /** Without the detail, which may hold a row. */
    private static String words(PgException refused) {
        String hint = refused.getHint() == null ? "" : " (" + refused.getHint() + ")";
        return refused.getErrorMessage() + hint;
    }

    private static SqlFailure ofConnection(Throwable cause) {
        String message =
                cause instanceof TimeoutException
                        ? "no connection within 15 s"
                        : "the connection failed: " + text(cause);
        return new SqlFailure(CONNECTION_LOST, Optional.empty(), message, true, Nature.LOST);
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
