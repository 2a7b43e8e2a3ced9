package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that {@code alter type … add value} gives an enum. PostgreSQL refuses to use one in the
 * transaction that added it, so a script that does both works only statement by statement.
 */
final class EnumValues {
    private static final Pattern ADDITION =
            Pattern.compile(
                    "^\\s*alter\\s+type\\b.*?\\badd\\s+value\\s+(?:if\\s+not\\s+exists\\s+)?"
                            + "('(?:[^']|'')*')",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

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
        Matcher matcher = ADDITION.matcher(statement.text());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** To name it as the neighbour of the next value that is added is no use. */
    private static boolean isUsed(String literal, List<SqlStatement> statements, int from) {
        return statements.subList(from, statements.size()).stream()
                .filter(each -> added(each).isEmpty())
                .anyMatch(each -> each.text().contains(literal));
    }
}
