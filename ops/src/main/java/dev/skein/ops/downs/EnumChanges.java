package dev.skein.ops.downs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes labels out of enumerations: PostgreSQL only adds them, and a difference of schemas would
 * drop the columns. Instead the type is created again, and its columns keep their values.
 *
 * @param labels by type, qualified and quoted, in their order
 */
record EnumChanges(Map<String, List<String>> labels) {
    private static final String SUFFIX = "_skein_after";

    private static final String LABELS =
            """
            select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname),
              e.enumlabel
            from pg_catalog.pg_enum e join pg_catalog.pg_type t on t.oid = e.enumtypid
              join pg_catalog.pg_namespace n on n.oid = t.typnamespace
            order by 1, e.enumsortorder
            """;

    private static final String COLUMNS =
            """
            select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
              pg_catalog.quote_ident(a.attname), t.typcategory = 'A',
              pg_catalog.pg_get_expr(d.adbin, d.adrelid)
            from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_type t on t.oid = a.atttypid
              left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
              and a.attinhcount = 0
              and (t.oid = ?::regtype or t.typelem = ?::regtype and t.typcategory = 'A')
            order by 1, 2
            """;

    EnumChanges {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    static EnumChanges at(Connection connection) throws SQLException {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LABELS)) {
            while (rows.next()) {
                labels.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return new EnumChanges(labels);
    }

    /**
     * The types that have labels now which they did not have here, with the labels they had.
     *
     * @param now the same, later
     */
    Map<String, List<String>> grownIn(EnumChanges now) {
        Map<String, List<String>> grown = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> each : now.labels.entrySet()) {
            List<String> old = labels.get(each.getKey());
            if (old != null && !old.containsAll(each.getValue())) {
                grown.put(each.getKey(), old);
            }
        }
        return grown;
    }

    /** The statements that give a type these labels and no others, in the database as it is. */
    static List<String> replacement(Connection connection, String type, List<String> labels)
            throws SQLException {
        EnumDependents dependents = EnumDependents.of(connection, type);
        List<String> statements = new ArrayList<>(dependents.drops());
        String bare = type.substring(lastPart(type));
        String after = withSuffix(bare);
        statements.add("ALTER TYPE " + type + " RENAME TO " + after);
        statements.add(
                "CREATE TYPE "
                        + type
                        + " AS ENUM ("
                        + labels.stream()
                                .map(each -> "'" + each.replace("'", "''") + "'")
                                .collect(Collectors.joining(", "))
                        + ")");
        for (Column column : columns(connection, type)) {
            statements.addAll(column.retyped(type));
        }
        statements.add("DROP TYPE " + type.substring(0, lastPart(type)) + after);
        statements.addAll(dependents.creations());
        return statements;
    }

    /** Columns of that type, and of arrays of it. */
    static List<Column> columns(Connection connection, String type) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, type);
            statement.setString(2, type);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(
                            new Column(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getBoolean(3),
                                    rows.getString(4)));
                }
            }
        }
        return columns;
    }

    private static int lastPart(String type) {
        return type.endsWith("\"")
                ? type.lastIndexOf('"', type.length() - 2)
                : type.lastIndexOf('.') + 1;
    }

    private static String withSuffix(String bare) {
        return bare.endsWith("\"")
                ? bare.substring(0, bare.length() - 1) + SUFFIX + "\""
                : bare + SUFFIX;
    }

    /**
     * A column of an enumeration.
     *
     * @param byDefault its default as SQL, or null
     */
    record Column(String table, String name, boolean array, String byDefault) {
        private List<String> retyped(String type) {
            String alter = "ALTER TABLE " + table + " ALTER COLUMN " + name + " ";
            String dimensions = array ? "[]" : "";
            List<String> statements = new ArrayList<>();
            if (byDefault != null) {
                statements.add(alter + "DROP DEFAULT");
            }
            statements.add(
                    alter
                            + "TYPE %1$s%2$s USING %3$s::text%2$s::%1$s%2$s"
                                    .formatted(type, dimensions, name));
            if (byDefault != null) {
                statements.add(alter + "SET DEFAULT " + byDefault);
            }
            return statements;
        }
    }
}
