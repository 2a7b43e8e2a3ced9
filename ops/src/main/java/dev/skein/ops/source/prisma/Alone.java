package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.ops.source.Statements;
import java.util.regex.Pattern;

/** Statements that cannot share a query with others. */
final class Alone {
    private static final Pattern DO = startingWith("do");
    private static final Pattern CALL = startingWith("call");

    /** As a statement of PL/pgSQL; {@code on commit drop} is none. */
    private static final Pattern ENDS_TRANSACTION =
            Pattern.compile(
                    "\\b(?:commit|rollback)\\s*(?:;|\\bwork\\b|\\btransaction\\b|\\band\\b)",
                    Pattern.CASE_INSENSITIVE);

    private Alone() {}

    private static Pattern startingWith(String word) {
        return Pattern.compile("^\\s*" + word + "\\b", Pattern.CASE_INSENSITIVE);
    }

    /** Whether the server refuses it inside a transaction block. */
    static boolean mustBe(SqlStatement statement) {
        return Statements.isNonTransactional(statement) || isBlockWithTransactions(statement);
    }

    /**
     * Whether it could end transactions if it had a query to itself. A procedure's text is in the
     * database, so only the server knows.
     */
    static boolean mayEndTransactions(SqlStatement statement) {
        return CALL.matcher(statement.text()).find() || isBlockWithTransactions(statement);
    }

    private static boolean isBlockWithTransactions(SqlStatement statement) {
        String text = statement.text();
        return DO.matcher(text).find() && ENDS_TRANSACTION.matcher(text).find();
    }
}
