package dev.skein.ops.downs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps the columns of an enumeration from getting another type, as its definition names the
 * type or the columns at both ends must have the same one: foreign keys, checks, triggers, and
 * indexes with a condition or an expression.
 *
 * @param drops statements that take them away
 * @param creations statements that make them again as they were
 */
record EnumDependents(List<String> drops, List<String> creations) {
    private static final String QUERY =
            """
            with columns as (
              select a.attrelid, a.attnum
              from pg_catalog.pg_attribute a
                join pg_catalog.pg_type t on t.oid = a.atttypid
              where a.attnum > 0 and not a.attisdropped
                and (t.oid = ?::regtype or t.typelem = ?::regtype and t.typcategory = 'A')),
            constraints as (
              select k.contype, k.conname,
                'ALTER TABLE ' || pg_catalog.quote_ident(n.nspname) || '.'
                  || pg_catalog.quote_ident(c.relname) as alter,
                pg_catalog.quote_ident(k.conname) as name,
                pg_catalog.pg_get_constraintdef(k.oid) as definition
              from pg_catalog.pg_constraint k
                join pg_catalog.pg_class c on c.oid = k.conrelid
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where k.contype in ('f', 'c') and k.coninhcount = 0 and k.conparentid = 0
                and exists (select from columns m
                  where m.attrelid = k.conrelid and m.attnum = any (k.conkey)
                    or m.attrelid = k.confrelid and m.attnum = any (k.confkey)))
            select alter || ' DROP CONSTRAINT ' || name,
              alter || ' ADD CONSTRAINT ' || name || ' ' || definition, contype = 'f', conname
            from constraints
            union all
            select 'DROP INDEX ' || pg_catalog.quote_ident(n.nspname) || '.'
                || pg_catalog.quote_ident(c.relname),
              pg_catalog.pg_get_indexdef(i.indexrelid), false, c.relname
            from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where (i.indpred is not null or i.indexprs is not null) and not c.relispartition
              and not exists (select from pg_catalog.pg_constraint k
                where k.conindid = i.indexrelid)
              and exists (select from pg_catalog.pg_depend d
                join columns m on m.attrelid = d.refobjid and m.attnum = d.refobjsubid
                where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = i.indexrelid
                  and d.refclassid = 'pg_catalog.pg_class'::regclass)
            union all
            select 'DROP TRIGGER ' || pg_catalog.quote_ident(g.tgname) || ' ON '
                || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
              pg_catalog.pg_get_triggerdef(g.oid), false, g.tgname
            from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where not g.tgisinternal and g.tgparentid = 0
              and exists (select from pg_catalog.pg_depend d
                join columns m on m.attrelid = d.refobjid and m.attnum = d.refobjsubid
                where d.classid = 'pg_catalog.pg_trigger'::regclass and d.objid = g.oid
                  and d.refclassid = 'pg_catalog.pg_class'::regclass)
            order by 3, 4
            """;

    /** The dependents of that type, which still has its old name. */
    static EnumDependents of(Connection connection, String type) throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> creations = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, type);
            statement.setString(2, type);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    drops.add(rows.getString(1));
                    creations.add(rows.getString(2));
                }
            }
        }
        return new EnumDependents(drops, creations);
    }
}
