package dev.skein.engine.postgres.catalogue;

import java.util.List;

/** Functions, procedures, aggregates and operators. */
final class RoutineParts {
    private static final String ROUTINES =
            """
            select case p.prokind when 'p' then 'procedure ' else 'function ' end
                || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
                || '(' || oidvectortypes(p.proargtypes) || ')',
              jsonb_strip_nulls(jsonb_build_object('definition', pg_get_functiondef(p.oid),
                'comment', obj_description(p.oid, 'pg_proc')))::text
            from pg_proc p join space n on n.oid = p.pronamespace
            where p.prokind <> 'a' and p.oid not in
              (select m.objid from member m where m.classid = 'pg_proc'::regclass)
            """;

    private static final String AGGREGATES =
            """
            select 'aggregate ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
                || '(' || oidvectortypes(p.proargtypes) || ')',
              jsonb_strip_nulls(jsonb_build_object('kind', a.aggkind,
                'arguments', pg_get_function_arguments(p.oid),
                'transition', a.aggtransfn::regprocedure::text,
                'final', nullif(a.aggfinalfn::oid, 0)::regprocedure::text,
                'combine', nullif(a.aggcombinefn::oid, 0)::regprocedure::text,
                'state', format_type(a.aggtranstype, null), 'initial', a.agginitval,
                'order', nullif(a.aggsortop, 0)::regoperator::text,
                'parallel', p.proparallel,
                'comment', obj_description(p.oid, 'pg_proc')))::text
            from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid
            join space n on n.oid = p.pronamespace
            where p.oid not in
              (select m.objid from member m where m.classid = 'pg_proc'::regclass)
            """;

    private static final String OPERATORS =
            """
            select 'operator ' || quote_ident(n.nspname) || '.' || o.oprname || '('
                || coalesce(format_type(nullif(o.oprleft, 0), null), 'none') || ', '
                || coalesce(format_type(nullif(o.oprright, 0), null), 'none') || ')',
              jsonb_strip_nulls(jsonb_build_object('function', o.oprcode::regprocedure::text,
                'commutator', nullif(o.oprcom, 0)::regoperator::text,
                'negator', nullif(o.oprnegate, 0)::regoperator::text,
                'restrict', nullif(o.oprrest::oid, 0)::regprocedure::text,
                'join', nullif(o.oprjoin::oid, 0)::regprocedure::text,
                'merges', o.oprcanmerge, 'hashes', o.oprcanhash))::text
            from pg_operator o join space n on n.oid = o.oprnamespace
            where o.oid not in
              (select m.objid from member m where m.classid = 'pg_operator'::regclass)
            """;

    private static final String OPERATOR_CLASSES =
            """
            select 'operator class ' || quote_ident(n.nspname) || '.' || quote_ident(c.opcname)
                || ' using ' || a.amname,
              jsonb_strip_nulls(jsonb_build_object('type', format_type(c.opcintype, null),
                'default', c.opcdefault, 'key', format_type(nullif(c.opckeytype, 0), null),
                'operators', (select array_agg(o.amopstrategy || ' '
                  || o.amopopr::regoperator::text order by o.amopstrategy, o.amopopr)
                  from pg_amop o where o.amopfamily = c.opcfamily),
                'functions', (select array_agg(f.amprocnum || ' '
                  || f.amproc::regprocedure::text order by f.amprocnum, f.amproc::oid)
                  from pg_amproc f where f.amprocfamily = c.opcfamily)))::text
            from pg_opclass c join space n on n.oid = c.opcnamespace
            join pg_am a on a.oid = c.opcmethod
            where c.oid not in
              (select m.objid from member m where m.classid = 'pg_opclass'::regclass)
            """;

    static final List<String> ALL = List.of(ROUTINES, AGGREGATES, OPERATORS, OPERATOR_CLASSES);

    private RoutineParts() {}
}
