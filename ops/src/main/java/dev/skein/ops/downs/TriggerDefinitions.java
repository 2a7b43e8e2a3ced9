package dev.skein.ops.downs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The triggers of a database as the server defines them. A difference of schemas loses the order of
 * the columns after {@code update of}, and definitions are compared by it.
 *
 * @param definitions by name and table, both quoted where that is needed
 */
record TriggerDefinitions(SortedMap<String, String> definitions) {
    private static final String QUERY =
            """
            select pg_catalog.quote_ident(g.tgname) || ' on ' || pg_catalog.quote_ident(n.nspname)
                || '.' || pg_catalog.quote_ident(c.relname),
              pg_catalog.pg_get_triggerdef(g.oid)
            from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where not g.tgisinternal
            """;

    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|\\w+)";
    private static final Pattern CREATION =
            Pattern.compile(
                    ("(?is)create\\s+(?:constraint\\s+)?trigger\\s+(%1$s)\\s.*?"
                                    + "\\son\\s+(%1$s\\.%1$s)\\s.*")
                            .formatted(NAME));

    TriggerDefinitions {
        definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
    }

    static TriggerDefinitions of(Connection connection) throws SQLException {
        SortedMap<String, String> definitions = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                definitions.put(rows.getString(1), rows.getString(2));
            }
        }
        return new TriggerDefinitions(definitions);
    }

    /** The same statements; those that create one of these triggers in the server's words. */
    List<String> worded(List<String> statements) {
        return statements.stream().map(this::worded).toList();
    }

    private String worded(String statement) {
        Matcher creation = CREATION.matcher(statement);
        return creation.matches()
                ? definitions.getOrDefault(
                        creation.group(1) + " on " + creation.group(2), statement)
                : statement;
    }
}
