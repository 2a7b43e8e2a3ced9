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
 * The constraints that do not hold for the rows that were there before them. Only by being made
 * anew does one become such again, once it was validated.
 *
 * @param statements by the constraint's identity, what drops it and makes it anew
 */
record Unvalidated(SortedMap<Identity, List<String>> statements) {
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

    Unvalidated {
        statements = Collections.unmodifiableSortedMap(new TreeMap<>(statements));
    }

    static Unvalidated of(Connection connection) throws SQLException {
        SortedMap<Identity, List<String>> statements = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                String alter = rows.getString(2);
                String name = rows.getString(3);
                statements.put(
                        new Identity(Identity.Kind.CONSTRAINT, rows.getLong(1), 0),
                        List.of(
                                alter + " DROP CONSTRAINT " + name,
                                alter + " ADD CONSTRAINT " + name + " " + rows.getString(4)));
            }
        }
        return new Unvalidated(statements);
    }

    /** The statements that make those anew which are validated later. */
    List<String> back(Unvalidated later, Catalogue names) {
        List<String> back = new ArrayList<>();
        for (Map.Entry<Identity, List<String>> each : statements.entrySet()) {
            Identity identity = each.getKey();
            if (!later.statements.containsKey(identity) && names.has(identity)) {
                back.addAll(each.getValue());
            }
        }
        return back;
    }
}
