package dev.skein.engine.postgres.ledger;

import dev.skein.engine.sql.SqlText;

/**
 * Refuses a schema {@code skein} in which somebody else decides what Skein's statements call.
 *
 * <p>Skein's statements run with the rights of the agent's role. Whoever owns the schema, a table
 * or a function in it, or puts a trigger or a rule on a table, could have code of their own run
 * with those rights. So all of it must belong to the agent's role or to a superuser, and the tables
 * must be plain. The agent's role is the current one, unless a database's owner chose that with
 * {@code alter database … set role}.
 *
 * <p>To be run on a search path that holds nothing but {@code pg_catalog}.
 */
final class LedgerTrust {
    /** SQLSTATE of the refusal. */
    static final String FOREIGN = "SK004";

    private static final String FLAWS =
            """
            with home as (
              select n.oid, n.nspowner from pg_namespace n where n.nspname = 'skein'),
            %s,
            member as (
              select d.classid, d.objid from pg_depend d join home h on d.refobjid = h.oid
              where d.refclassid = 'pg_namespace'::regclass),
            relation as (
              select c.*, case c.relkind when 'v' then 'view ' when 'm' then 'materialized view '
                when 'S' then 'sequence ' when 'f' then 'foreign table ' else 'table ' end
                || 'skein.' || quote_ident(c.relname) as named
              from member m join pg_class c on c.oid = m.objid
              where m.classid = 'pg_class'::regclass),
            owned as (
              select 1 as rank, h.nspowner as owner, 'schema skein' as named from home h
              union all select 2, r.relowner, r.named from relation r
              union all select 3, p.proowner, 'function skein.' || quote_ident(p.proname) || '('
                || oidvectortypes(p.proargtypes) || ')'
              from member m join pg_proc p on p.oid = m.objid
              where m.classid = 'pg_proc'::regclass),
            flaw as (
              select o.rank, o.named || ' belongs to the role ' || quote_ident(w.rolname) as what,
                'alter ' || o.named || ' owner to ' || quote_ident(a.name) as remedy
              from owned o join pg_roles w on w.oid = o.owner, agent a
              where not w.rolsuper and w.rolname <> a.name
              union all select 4, r.named || ' has the trigger ' || quote_ident(t.tgname),
                'drop trigger ' || quote_ident(t.tgname) || ' on skein.' || quote_ident(r.relname)
              from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
              union all select 5, r.named || ' has the rule ' || quote_ident(w.rulename),
                'drop rule ' || quote_ident(w.rulename) || ' on skein.' || quote_ident(r.relname)
              from relation r join pg_rewrite w on w.ev_class = r.oid
              where r.relkind in ('r', 'p')
              union all select 6, r.named || ' has row security',
                'alter ' || r.named || ' disable row level security'
              from relation r where r.relrowsecurity)
            select f.what || ', so that Skein''s own statements would call what somebody else put'
              || ' there, with the rights of the agent''s role ' || quote_ident(a.name)
              || '; look at it, then ''' || f.remedy || ''' or, where nothing in it is to be kept,'
              || ' ''drop schema skein cascade''' as told
            from flaw f, agent a order by f.rank, f.what limit 1\
            """
                    .formatted(AgentRole.EXPRESSION);

    /**
     * Whether all of it is the agent's own and nothing hangs on it: true in nearly every database,
     * and told in a small part of the time that the server takes to plan {@link #FLAWS}, which has
     * to decide, and find the words, where this is not true.
     */
    static final String PLAIN =
            """
            not exists (
              select from pg_namespace n where n.nspname = 'skein' and n.nspowner <> agent)
            and not exists (
              select from pg_depend d
                left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
                left join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid
              where d.refclassid = 'pg_namespace'::regclass
                and d.refobjid = (select n.oid from pg_namespace n where n.nspname = 'skein')
                and (c.relowner <> agent or c.relhastriggers or c.relhasrules
                  or c.relrowsecurity or p.proowner <> agent))
            and agent is not null\
            """;

    /** A statement of PL/pgSQL. */
    static final String DEMAND =
            " declare refusal pg_catalog.text; "
                    + AgentRole.DECLARATION
                    + " begin if not ("
                    + PLAIN
                    + ") then execute "
                    // A text of its own, so that the server parses it only where it is needed.
                    + SqlText.literal(FLAWS)
                    + " into refusal; if refusal is not null then raise exception using errcode = '"
                    + FOREIGN
                    + "', message = refusal; end if; end if; end;";

    /** A statement of SQL, also for a transaction that can change nothing. */
    static final String CHECK = "do " + SqlText.literal("begin" + DEMAND + " end") + ";";

    private LedgerTrust() {}
}
