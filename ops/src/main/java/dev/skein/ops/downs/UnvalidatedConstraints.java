package dev.skein.ops.downs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The constraints that were never validated for the rows that existed before them. A validated
 * constraint becomes unvalidated only by being dropped and added again.
 *
 * @param statements by the constraint's identity, what drops it and adds it again
 */
record UnvalidatedConstraints(SortedMap<ObjectIdentity, List<String>> statements) {
    private static final String QUERY =
            """
            select k.oid,
              'ALTER TABLE ' || pg_catalog.quote_ident(n.nspname) || '.'
                || pg_catalog.quote_ident(c.relname),
              pg_catalog.quote_ident(k.conname), pg_catalog.pg_get_constraintdef(k.oid)
            from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where not k.convalidated and k.contype in ('c', 'f') and k.coninhcount = 0
              and k.conparentid = 0
            """;

    UnvalidatedConstraints {
        statements = Collections.unmodifiableSortedMap(new TreeMap<>(statements));
    }

    static UnvalidatedConstraints of(Connection connection) throws SQLException {
        SortedMap<ObjectIdentity, List<String>> statements = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                String alter = rows.getString(2);
                String name = rows.getString(3);
                statements.put(
                        new ObjectIdentity(ObjectIdentity.Kind.CONSTRAINT, rows.getLong(1), 0),
                        List.of(
                                alter + " DROP CONSTRAINT " + name,
                                alter + " ADD CONSTRAINT " + name + " " + rows.getString(4)));
            }
        }
        return new UnvalidatedConstraints(statements);
    }

    /** The statements that add again those constraints that were validated since. */
    List<String> back(UnvalidatedConstraints later, CatalogueNames names) {
        List<String> back = new ArrayList<>();
        for (Map.Entry<ObjectIdentity, List<String>> each : statements.entrySet()) {
            ObjectIdentity identity = each.getKey();
            if (!later.statements.containsKey(identity) && names.has(identity)) {
                back.addAll(each.getValue());
            }
        }
        return back;
    }
}
