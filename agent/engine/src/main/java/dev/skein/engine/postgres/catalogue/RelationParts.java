package dev.skein.engine.postgres.catalogue;

import java.util.List;

/** Tables with their columns, views and sequences. */
final class RelationParts {
    private static final String TABLES =
            """
            select 'table ' || r.named as object, jsonb_strip_nulls(jsonb_build_object(
              'kind', r.relkind, 'persistence', r.relpersistence,
              'method', (select a.amname from pg_am a where a.oid = r.relam),
              'options', (select array_agg(o order by o) from unnest(r.reloptions) o),
              'partitioned', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
              'partition', pg_get_expr(r.relpartbound, r.oid),
              'parents', (select array_agg(h.inhparent::regclass::text order by h.inhseqno)
                from pg_inherits h where h.inhrelid = r.oid),
              'of', nullif(r.reloftype, 0)::regtype::text,
              'security', r.relrowsecurity, 'forced', r.relforcerowsecurity,
              'identity', r.relreplident,
              'server', (select s.srvname from pg_foreign_table f
                join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = r.oid),
              'served', (select f.ftoptions from pg_foreign_table f where f.ftrelid = r.oid),
              'comment', obj_description(r.oid, 'pg_class')))::text as definition
            from rel r where r.relkind in ('r', 'p', 'f')
            """;

    /**
     * Options of a column are those that PostgreSQL has: a distribution's server may keep counters
     * of its own beside them, which change by themselves.
     */
    private static final String COLUMNS =
            """
            select 'column ' || r.named || '.' || quote_ident(a.attname),
              jsonb_strip_nulls(jsonb_build_object(
                'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
                'default', pg_get_expr(d.adbin, d.adrelid),
                'identity', a.attidentity, 'generated', a.attgenerated,
                'collation', case when a.attcollation <> t.typcollation
                  then a.attcollation::regcollation::text end,
                'storage', case when a.attstorage <> t.typstorage then a.attstorage end,
                'statistics', nullif(a.attstattarget, -1),
                'options', (select array_agg(o) from unnest(a.attoptions) o
                  where split_part(o, '=', 1) in ('n_distinct', 'n_distinct_inherited')),
                'served', a.attfdwoptions,
                'comment', c.description))::text
            from rel r join pg_attribute a on a.attrelid = r.oid
            join pg_type t on t.oid = a.atttypid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            left join pg_description c on c.objoid = a.attrelid and c.objsubid = a.attnum
              and c.classoid = 'pg_class'::regclass
            where r.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
            """;

    /** Apart from the columns, so that one that comes or goes leaves the others as they are. */
    private static final String COLUMN_ORDERS =
            """
            select 'column-order ' || r.named,
              string_agg(quote_ident(a.attname), ', ' order by a.attnum)
            from rel r join pg_attribute a on a.attrelid = r.oid
            where r.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
            group by r.named
            """;

    private static final String VIEWS =
            """
            select case r.relkind when 'v' then 'view ' else 'materialized view ' end || r.named,
              jsonb_strip_nulls(jsonb_build_object(
                'query', pg_get_viewdef(r.oid),
                'options', (select array_agg(o order by o) from unnest(r.reloptions) o),
                'populated', r.relispopulated,
                'comment', obj_description(r.oid, 'pg_class'),
                'columns', (select array_agg(quote_ident(a.attname) || ' '
                  || coalesce(col_description(r.oid, a.attnum), '') || ' '
                  || coalesce((select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
                    where d.adrelid = r.oid and d.adnum = a.attnum), '') order by a.attnum)
                  from pg_attribute a where a.attrelid = r.oid and a.attnum > 0)))::text
            from rel r where r.relkind in ('v', 'm')
            """;

    private static final String SEQUENCES =
            """
            select 'sequence ' || r.named, jsonb_strip_nulls(jsonb_build_object(
              'type', format_type(s.seqtypid, null), 'start', s.seqstart,
              'increment', s.seqincrement, 'max', s.seqmax, 'min', s.seqmin,
              'cache', s.seqcache, 'cycle', s.seqcycle, 'persistence', r.relpersistence,
              'owned', (select d.refobjid::regclass::text || '.' || quote_ident(a.attname)
                from pg_depend d join pg_attribute a
                  on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where d.classid = 'pg_class'::regclass and d.objid = r.oid
                  and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')),
              'comment', obj_description(r.oid, 'pg_class')))::text
            from rel r join pg_sequence s on s.seqrelid = r.oid
            where not exists (select from pg_depend d join framework_table b on b.oid = d.refobjid
              where d.classid = 'pg_class'::regclass and d.objid = r.oid
                and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
            """;

    static final List<String> ALL = List.of(TABLES, COLUMNS, COLUMN_ORDERS, VIEWS, SEQUENCES);

    private RelationParts() {}
}
