package dev.skein.ops.downs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names of a database's objects by identity, at one time. They tell a rename from a drop and a
 * create.
 */
record CatalogueNames(SortedMap<ObjectIdentity, CatalogueName> names) {
    private static final String QUERY =
            """
            with relations as (
              select c.oid, c.relkind, c.relname, pg_catalog.quote_ident(n.nspname) as schema
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'skein')
                and not exists (select from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                    and d.deptype = 'e'))
            select case relkind when 'v' then 'view' when 'm' then 'materialized view'
                when 'S' then 'sequence' when 'i' then 'index' when 'I' then 'index'
                else 'table' end,
              oid, 0, schema, relname, null
            from relations where relkind in ('r', 'p', 'v', 'm', 'S')
              or relkind in ('i', 'I') and not exists (
                select from pg_catalog.pg_constraint k where k.conindid = relations.oid
                  and k.contype in ('p', 'u', 'x'))
            union all
            select 'column', r.oid, a.attnum, r.schema || '.' || pg_catalog.quote_ident(r.relname),
              a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
            from relations r join pg_catalog.pg_attribute a on a.attrelid = r.oid
            where r.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
              and a.attinhcount = 0
            union all
            select 'constraint', k.oid, 0, r.schema || '.' || pg_catalog.quote_ident(r.relname),
              k.conname, null
            from relations r join pg_catalog.pg_constraint k on k.conrelid = r.oid
            where k.coninhcount = 0 and k.conparentid = 0 and k.contype <> 'n'
              and k.contype <> 't'
            union all
            select 'type', t.oid, 0, pg_catalog.quote_ident(n.nspname), t.typname, null
            from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
            where t.typtype = 'e' and n.nspname not like 'pg\\_%'
            union all
            select 'label', e.oid, 0,
              pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname),
              e.enumlabel, null
            from pg_catalog.pg_enum e join pg_catalog.pg_type t on t.oid = e.enumtypid
              join pg_catalog.pg_namespace n on n.oid = t.typnamespace
            where n.nspname not like 'pg\\_%'
            """;

    CatalogueNames {
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    static CatalogueNames of(Connection connection) throws SQLException {
        SortedMap<ObjectIdentity, CatalogueName> names = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    ObjectIdentity identity =
                            new ObjectIdentity(
                                    ObjectIdentity.Kind.of(rows.getString(1)),
                                    rows.getLong(2),
                                    rows.getInt(3));
                    names.put(
                            identity,
                            new CatalogueName(
                                    rows.getString(4),
                                    rows.getString(5),
                                    Optional.ofNullable(rows.getString(6))));
                }
            }
        }
        return new CatalogueNames(names);
    }

    /** What is here and not in the later one. */
    Map<ObjectIdentity, CatalogueName> goneIn(CatalogueNames later) {
        SortedMap<ObjectIdentity, CatalogueName> gone = new TreeMap<>(names);
        gone.keySet().removeAll(later.names.keySet());
        return gone;
    }

    /** Whether an object of that identity is there. */
    boolean has(ObjectIdentity identity) {
        return names.containsKey(identity);
    }
}
