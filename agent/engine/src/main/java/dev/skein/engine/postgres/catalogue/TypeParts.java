package dev.skein.engine.postgres.catalogue;

import java.util.List;

/** Types, collations and text search. */
final class TypeParts {
    /** Row types stand for their tables, array and multirange types for what they are made of. */
    private static final String TYPES =
            """
            select 'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname),
              jsonb_strip_nulls(jsonb_build_object('kind', t.typtype,
                'labels', (select array_agg(e.enumlabel order by e.enumsortorder)
                  from pg_enum e where e.enumtypid = t.oid),
                'base', format_type(nullif(t.typbasetype, 0), t.typtypmod),
                'required', t.typnotnull, 'default', t.typdefault,
                'collation', nullif(t.typcollation, 0)::regcollation::text,
                'constraints', (select array_agg(quote_ident(k.conname) || ' '
                  || pg_get_constraintdef(k.oid) order by k.conname)
                  from pg_constraint k where k.contypid = t.oid and k.contype <> 'n'),
                'attributes', (select array_agg(quote_ident(a.attname) || ' '
                  || format_type(a.atttypid, a.atttypmod) order by a.attnum)
                  from pg_attribute a where a.attrelid = t.typrelid and t.typtype = 'c'
                    and a.attnum > 0 and not a.attisdropped),
                'range', (select format_type(g.rngsubtype, null) from pg_range g
                  where g.rngtypid = t.oid),
                'comment', obj_description(t.oid, 'pg_type')))::text
            from pg_type t join space n on n.oid = t.typnamespace
            left join pg_class c on c.oid = t.typrelid
            where t.typtype in ('b', 'c', 'd', 'e', 'r')
              and (t.typrelid = 0 or c.relkind = 'c')
              and not exists (select from pg_type l where l.typarray = t.oid)
              and t.oid not in
                (select m.objid from member m where m.classid = 'pg_type'::regclass)
            """;

    private static final String COLLATIONS =
            """
            select 'collation ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname),
              jsonb_strip_nulls(jsonb_build_object('provider', c.collprovider,
                'deterministic', c.collisdeterministic, 'collate', c.collcollate,
                'ctype', c.collctype))::text
            from pg_collation c join space n on n.oid = c.collnamespace
            where c.oid not in
              (select m.objid from member m where m.classid = 'pg_collation'::regclass)
            """;

    private static final String DICTIONARIES =
            """
            select 'text search dictionary ' || quote_ident(n.nspname) || '.'
                || quote_ident(d.dictname),
              jsonb_strip_nulls(jsonb_build_object('template',
                (select x.tmplname from pg_ts_template x where x.oid = d.dicttemplate),
                'options', d.dictinitoption))::text
            from pg_ts_dict d join space n on n.oid = d.dictnamespace
            where d.oid not in
              (select m.objid from member m where m.classid = 'pg_ts_dict'::regclass)
            """;

    private static final String CONFIGURATIONS =
            """
            select 'text search configuration ' || quote_ident(n.nspname) || '.'
                || quote_ident(c.cfgname),
              jsonb_strip_nulls(jsonb_build_object('parser',
                (select x.prsname from pg_ts_parser x where x.oid = c.cfgparser),
                'map', (select array_agg(e.maptokentype || ' ' || e.mapseqno || ' '
                  || e.mapdict::regdictionary::text order by e.maptokentype, e.mapseqno)
                  from pg_ts_config_map e where e.mapcfg = c.oid)))::text
            from pg_ts_config c join space n on n.oid = c.cfgnamespace
            where c.oid not in
              (select m.objid from member m where m.classid = 'pg_ts_config'::regclass)
            """;

    static final List<String> ALL = List.of(TYPES, COLLATIONS, DICTIONARIES, CONFIGURATIONS);

    private TypeParts() {}
}
