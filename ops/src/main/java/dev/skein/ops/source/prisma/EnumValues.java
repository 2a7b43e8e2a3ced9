package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.TokenCursor;
import java.util.List;
import java.util.Optional;

/**
 * Values that {@code alter type … add value} gives an enum. PostgreSQL refuses to use one in the
 * transaction that added it, so a script that does both works only statement by statement.
 */
final class EnumValues {
    private EnumValues() {}

    /** Whether a value is added, and stands as a literal in a later statement. */
    static boolean areUsedBesideTheirAddition(List<SqlStatement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            Optional<String> literal = added(statements.get(i));
            if (literal.isPresent() && isUsed(literal.get(), statements, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> added(SqlStatement statement) {
        TokenCursor words = TokenCursor.of(statement.text());
        int added = words.indexOfAll("add", "value") + 2;
        if (added < 2 || !words.is(0, "alter") || !words.is(1, "type")) {
            return Optional.empty();
        }
        int literal = words.is(added, "if") ? added + 3 : added;
        return Optional.of(words.text(literal));
    }

    /** Naming it as the neighbour of the next value does not count as use. */
    private static boolean isUsed(String literal, List<SqlStatement> statements, int from) {
        return statements.subList(from, statements.size()).stream()
                .filter(each -> added(each).isEmpty())
                .anyMatch(each -> each.text().contains(literal));
    }
}
