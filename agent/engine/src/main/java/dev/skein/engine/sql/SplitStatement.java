package dev.skein.engine.sql;

/**
 * A statement together with its tokens.
 *
 * @param words all of them, with the cursor at the first
 */
record SplitStatement(SqlStatement statement, TokenCursor words) {
    StatementKind kind() {
        return statement.kind();
    }

    boolean has(StatementTrait trait) {
        return statement.has(trait);
    }
}
