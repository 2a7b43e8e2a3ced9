package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.ops.source.Statements;

/** Statements that cannot share a query with others. */
final class StandaloneStatements {
    private StandaloneStatements() {}

    /** Whether the server refuses it inside a transaction block. */
    static boolean mustBe(SqlStatement statement) {
        return Statements.isNonTransactional(statement)
                || statement.has(StatementTrait.ENDS_TRANSACTIONS);
    }
}
