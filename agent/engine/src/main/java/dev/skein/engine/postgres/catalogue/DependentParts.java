package dev.skein.engine.postgres.catalogue;

import java.util.List;

/** What hangs on a table or a view. */
final class DependentParts {
    /** Since PostgreSQL 18 a required column has a constraint of its own; the column says it. */
    private static final String CONSTRAINTS =
            """
            select 'constraint ' || r.named || '.' || quote_ident(k.conname),
              jsonb_strip_nulls(jsonb_build_object('definition', pg_get_constraintdef(k.oid),
                'comment', obj_description(k.oid, 'pg_constraint')))::text
            from rel r join pg_constraint k on k.conrelid = r.oid
            where k.contype not in ('n', 't')
            """;

    private static final String INDEXES =
            """
            select 'index ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname),
              jsonb_strip_nulls(jsonb_build_object('definition', pg_get_indexdef(i.indexrelid),
                'valid', i.indisvalid, 'ready', i.indisready, 'live', i.indislive,
                'clustered', i.indisclustered, 'identity', i.indisreplident,
                'parent', (select h.inhparent::regclass::text from pg_inherits h
                  where h.inhrelid = i.indexrelid),
                'comment', obj_description(i.indexrelid, 'pg_class')))::text
            from rel r join pg_index i on i.indrelid = r.oid
            join pg_class c on c.oid = i.indexrelid
            join pg_namespace n on n.oid = c.relnamespace
            """;

    private static final String TRIGGERS =
            """
            select 'trigger ' || r.named || '.' || quote_ident(t.tgname),
              jsonb_strip_nulls(jsonb_build_object('definition', pg_get_triggerdef(t.oid),
                'enabled', t.tgenabled,
                'comment', obj_description(t.oid, 'pg_trigger')))::text
            from rel r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
            """;

    private static final String RULES =
            """
            select 'rule ' || r.named || '.' || quote_ident(w.rulename),
              jsonb_strip_nulls(jsonb_build_object('definition', pg_get_ruledef(w.oid),
                'enabled', w.ev_enabled,
                'comment', obj_description(w.oid, 'pg_rewrite')))::text
            from rel r join pg_rewrite w on w.ev_class = r.oid where w.rulename <> '_RETURN'
            """;

    private static final String POLICIES =
            """
            select 'policy ' || r.named || '.' || quote_ident(p.polname),
              jsonb_strip_nulls(jsonb_build_object('command', p.polcmd,
                'permissive', p.polpermissive,
                'roles', (select array_agg(case when o = 0 then 'public'
                  else o::regrole::text end order by o) from unnest(p.polroles) o),
                'using', pg_get_expr(p.polqual, p.polrelid),
                'check', pg_get_expr(p.polwithcheck, p.polrelid),
                'comment', obj_description(p.oid, 'pg_policy')))::text
            from rel r join pg_policy p on p.polrelid = r.oid
            """;

    private static final String STATISTICS =
            """
            select 'statistics ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname),
              jsonb_strip_nulls(jsonb_build_object(
                'definition', pg_get_statisticsobjdef(s.oid),
                'target', nullif(s.stxstattarget, -1)))::text
            from rel r join pg_statistic_ext s on s.stxrelid = r.oid
            join pg_namespace n on n.oid = s.stxnamespace
            """;

    static final List<String> ALL =
            List.of(CONSTRAINTS, INDEXES, TRIGGERS, RULES, POLICIES, STATISTICS);

    private DependentParts() {}
}
