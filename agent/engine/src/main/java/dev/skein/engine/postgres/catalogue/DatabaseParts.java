package dev.skein.engine.postgres.catalogue;

import java.util.List;

/** What belongs to a database and to no schema of it. */
final class DatabaseParts {
    private static final String SCHEMAS =
            """
            select 'schema ' || quote_ident(n.nspname), 'schema' from space n
            where n.oid not in
              (select m.objid from member m where m.classid = 'pg_namespace'::regclass)
            """;

    /** Without its version, which is the server's choice more often than the migration's. */
    private static final String EXTENSIONS =
            """
            select 'extension ' || quote_ident(e.extname), e.extnamespace::regnamespace::text
            from pg_extension e
            """;

    private static final String CASTS =
            """
            select 'cast (' || format_type(c.castsource, null) || ' as '
                || format_type(c.casttarget, null) || ')',
              jsonb_strip_nulls(jsonb_build_object(
                'function', nullif(c.castfunc, 0)::regprocedure::text,
                'context', c.castcontext, 'method', c.castmethod))::text
            from pg_cast c where c.oid >= 16384 and c.oid not in
              (select m.objid from member m where m.classid = 'pg_cast'::regclass)
            """;

    private static final String EVENT_TRIGGERS =
            """
            select 'event trigger ' || quote_ident(t.evtname),
              jsonb_strip_nulls(jsonb_build_object('event', t.evtevent,
                'function', t.evtfoid::regprocedure::text, 'enabled', t.evtenabled,
                'tags', t.evttags))::text
            from pg_event_trigger t where t.oid not in
              (select m.objid from member m where m.classid = 'pg_event_trigger'::regclass)
            """;

    private static final String SERVERS =
            """
            select 'server ' || quote_ident(s.srvname),
              jsonb_strip_nulls(jsonb_build_object('wrapper', w.fdwname, 'type', s.srvtype,
                'version', s.srvversion, 'options', s.srvoptions))::text
            from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
            """;

    private static final String PUBLICATIONS =
            """
            select 'publication ' || quote_ident(p.pubname),
              jsonb_strip_nulls(jsonb_build_object('all', p.puballtables,
                'insert', p.pubinsert, 'update', p.pubupdate, 'delete', p.pubdelete,
                'truncate', p.pubtruncate, 'root', p.pubviaroot,
                'tables', (select array_agg(t.prrelid::regclass::text
                  order by t.prrelid::regclass::text)
                  from pg_publication_rel t where t.prpubid = p.oid)))::text
            from pg_publication p
            """;

    static final List<String> ALL =
            List.of(SCHEMAS, EXTENSIONS, CASTS, EVENT_TRIGGERS, SERVERS, PUBLICATIONS);

    private DatabaseParts() {}
}
