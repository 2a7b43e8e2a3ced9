package dev.skein.ops.lint;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/** Names as PostgreSQL compares them: folded to lower case unless they are quoted. */
public final class SqlNames {
    private static final String DEFAULT_SCHEMA = "public.";

    private SqlNames() {}

    /** With its schema, unless that is {@code public}. */
    public static String of(Schema_qualified_nameContext name) {
        String whole =
                Stream.concat(
                                Stream.of(name.identifier().getText()),
                                name.identifier_reserved().stream().map(each -> each.getText()))
                        .map(SqlNames::folded)
                        .collect(Collectors.joining("."));
        return whole.startsWith(DEFAULT_SCHEMA) ? whole.substring(DEFAULT_SCHEMA.length()) : whole;
    }

    public static String of(IdentifierContext name) {
        return folded(name.getText());
    }

    private static String folded(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}
