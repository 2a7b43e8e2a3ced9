package dev.skein.engine.postgres.version;

import dev.skein.engine.postgres.ledger.AgentRole;
import dev.skein.engine.sql.SqlText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses a framework's table on which somebody else's code hangs, or which a trigger could change
 * by the commit alone.
 *
 * <p>Such a table often belongs to whoever ran the framework before Skein came, and stays with that
 * role. But triggers, defaults, checks, indexes, policies, rules and types of columns can call
 * functions, and these run with the rights of whoever writes the table. So each function that they
 * call must belong to the agent's role or to a superuser. The same holds for tables that inherit
 * from it, because their rows are among those that are written, and for foreign keys that pass a
 * change on: what triggers of the other table put off to the commit runs with the rights of whoever
 * commits. Where a step writes the table, it is locked first, so that nothing can be hung on it,
 * and nothing made to inherit from it, between the look and the write.
 *
 * <p>A function of PostgreSQL's own that runs a text ({@code query_to_xml}) is as good as one of
 * whoever owns the table, and so is one that the public may not call: see {@link #RUNS_TEXT}.
 *
 * <p>A trigger that is deferrable is refused whosever it is: made to fire before the rows are
 * counted, it can put itself off again, and take the row out when nothing can look any more.
 *
 * <p>To be run on a search path that holds nothing but {@code pg_catalog}.
 */
final class VersionTableTrust {
    private static final String FLAWS =
            """
            with recursive named as (
              select c.oid, c.relkind, c.relowner, ''::pg_catalog.text as through,
                quote_ident(n.nspname) || '.' || quote_ident(c.relname) as title
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = %1$s and c.relname in (%2$s)
              union all select c.oid, c.relkind, c.relowner,
                'by way of ' || c.oid::regclass::text || ', whose rows are also its own, ', n.title
              from named n join pg_inherits h on h.inhparent = n.oid
              join pg_class c on c.oid = h.inhrelid),
            %3$s,
            part as (
              select n.oid as home, 'pg_attrdef'::regclass as class, d.oid as part,
                'a default' as what
              from named n join pg_attrdef d on d.adrelid = n.oid
              union all select n.oid, 'pg_constraint'::regclass, k.oid,
                'the constraint ' || quote_ident(k.conname)
              from named n join pg_constraint k on k.conrelid = n.oid
              union all select n.oid, 'pg_class'::regclass, i.indexrelid,
                'the index ' || i.indexrelid::regclass::text
              from named n join pg_index i on i.indrelid = n.oid
              union all select n.oid, 'pg_policy'::regclass, p.oid,
                'the policy ' || quote_ident(p.polname)
              from named n join pg_policy p on p.polrelid = n.oid
              union all select n.oid, 'pg_rewrite'::regclass, w.oid,
                'the rule ' || quote_ident(w.rulename)
              from named n join pg_rewrite w on w.ev_class = n.oid
              union all select n.oid, 'pg_trigger'::regclass, t.oid,
                'the trigger ' || quote_ident(t.tgname)
              from named n join pg_trigger t on t.tgrelid = n.oid where not t.tgisinternal),
            code as (
              select p.home, p.what || ', which calls ' || f.oid::regprocedure::text as what,
                f.proowner as owner
              from part p join pg_depend d on d.classid = p.class and d.objid = p.part
              join pg_proc f on d.refclassid = 'pg_proc'::regclass and f.oid = d.refobjid
              union all select p.home, p.what || ', which calls ' || o.oid::regoperator::text,
                o.oprowner
              from part p join pg_depend d on d.classid = p.class and d.objid = p.part
              join pg_operator o on d.refclassid = 'pg_operator'::regclass and o.oid = d.refobjid
              union all select n.oid, 'the column ' || quote_ident(a.attname) || ' of type '
                || format_type(a.atttypid, null), t.typowner
              from named n join pg_attribute a on a.attrelid = n.oid and a.attnum > 0
              join pg_type t on t.oid = a.atttypid
              union all select n.oid, 'the foreign key ' || quote_ident(k.conname) || ' of '
                || k.conrelid::regclass::text || ', which passes changes on to that table',
                r.relowner
              from named n join pg_constraint k on k.confrelid = n.oid and k.contype = 'f'
              join pg_class r on r.oid = k.conrelid
              where k.confupdtype in ('c', 'n', 'd') or k.confdeltype in ('c', 'n', 'd')
              union all select p.home, p.what || ', which uses the type '
                || format_type(t.oid, null), t.typowner
              from part p join pg_depend d on d.classid = p.class and d.objid = p.part
              join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = d.refobjid
              union all select p.home, p.what || ', which calls ' || f.oid::regprocedure::text
                || ' (it runs a text, or not everybody may call it)', n.relowner
              from part p join named n on n.oid = p.home
              left join pg_attrdef a on p.class = 'pg_attrdef'::regclass and a.oid = p.part
              left join pg_constraint k on p.class = 'pg_constraint'::regclass and k.oid = p.part
              left join pg_index i on p.class = 'pg_class'::regclass and i.indexrelid = p.part
              left join pg_policy y on p.class = 'pg_policy'::regclass and y.oid = p.part
              left join pg_rewrite w on p.class = 'pg_rewrite'::regclass and w.oid = p.part
              left join pg_trigger t on p.class = 'pg_trigger'::regclass and t.oid = p.part,
              regexp_matches(concat(a.adbin, k.conbin, i.indexprs, i.indpred, y.polqual,
                y.polwithcheck, w.ev_action, w.ev_qual, t.tgqual), ':funcid ([0-9]+)', 'g') m
              join pg_proc f on f.oid = m[1]::pg_catalog.oid where %4$s
              union all select n.oid, 'it is no plain table, but one', n.relowner
              from named n where n.relkind not in ('r', 'p'))
            select n.title || ' is not written: ' || n.through || c.what || ' of the role '
              || quote_ident(r.rolname) || ', whose code would run with the rights of the agent''s'
              || ' role ' || quote_ident(a.name) || '; look at it, then take it off the table, or'
              || ' give it to ' || quote_ident(a.name) as told
            from code c join named n on n.oid = c.home join pg_roles r on r.oid = c.owner, agent a
            where not r.rolsuper and r.rolname <> a.name order by c.what limit 1\
            """;

    /**
     * Whether {@code f} is a function that came with PostgreSQL or an extension and lets whoever
     * names it in a table run code of their own: it runs a text, or reads what a view is made of,
     * or is kept from the public because it reaches files or other sessions.
     */
    private static final String RUNS_TEXT =
            """
            (f.proname ~ '^(query|cursor|table|schema|database)_to_xml|^(dblink|crosstab)'
              or f.proname in ('ts_stat', 'ts_rewrite', 'connectby', 'xpath_table')
              or f.proacl is not null and not has_function_privilege('public', f.oid, 'execute'))\
            """;

    private static final String PUT_OFF =
            """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
              || ' is not written: its trigger ' || quote_ident(t.tgname) || ' is deferrable, so it'
              || ' could change by the commit what was written before it; make it a trigger that is'
              || ' not deferrable, or ''drop trigger ' || quote_ident(t.tgname) || ' on '
              || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || ''', then retry'
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_trigger t on t.tgrelid = c.oid
            where n.nspname = %1$s and c.relname in (%2$s) and t.tgdeferrable
              and not t.tgisinternal
            order by t.tgname limit 1\
            """;

    /**
     * Tables of which something could call a function that did not come with PostgreSQL: none in
     * nearly every database, which is told in a small part of the time that the server takes to
     * plan {@link #FLAWS}, which has to decide, and find the words, where there is one. What came
     * with PostgreSQL belongs to a superuser, and has an oid below 16384 (PostgreSQL, "OID
     * Assignment"). {@code pg_class} tells of checks, of rules, and of triggers with those of
     * foreign keys in both directions; constraints that are left are indexes. Policies do nothing
     * until row security is on. The tree of a default names functions and operators by their oids.
     */
    private static final String DOUBTFUL =
            """
            exists (
              select from pg_class c
              where c.relnamespace = (select n.oid from pg_namespace n where n.nspname = %1$s)
                and c.relname in (%2$s)
                and (c.relkind <> 'r' or c.relchecks > 0 or c.relhastriggers or c.relhasrules
                  or c.relrowsecurity or c.relhassubclass
                or exists (
                  select from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and a.atttypid >= 16384)
                or exists (
                  select from pg_index i where i.indrelid = c.oid and (i.indexprs is not null
                    or i.indpred is not null or i.indisexclusion))
                or exists (
                  select from pg_attrdef a
                  where a.adrelid = c.oid and (a.adbin::pg_catalog.text ~ '[1-9][0-9]{4}'
                    or exists (
                      select
                      from regexp_matches(a.adbin::pg_catalog.text, ':funcid ([0-9]+)', 'g') m
                      join pg_proc f on f.oid = m[1]::pg_catalog.oid where %3$s)))))\
            """;

    private VersionTableTrust() {}

    /**
     * A statement that fails with {@link VersionTable#FOREIGN} where such code hangs on one, and
     * with {@link VersionTable#PUT_OFF} where such a trigger does.
     */
    static String check(String schema, List<String> tables) {
        String names =
                tables.stream()
                        .map(SqlText::literal)
                        .map(String::strip)
                        .collect(Collectors.joining(", "));
        String home = SqlText.literal(schema).strip();
        String flaws = FLAWS.formatted(home, names, AgentRole.EXPRESSION, RUNS_TEXT);
        return "do "
                + SqlText.literal(
                        "declare refusal pg_catalog.text; begin if "
                                + DOUBTFUL.formatted(home, names, RUNS_TEXT)
                                + " then"
                                + refusal(flaws, VersionTable.FOREIGN)
                                + refusal(PUT_OFF.formatted(home, names), VersionTable.PUT_OFF)
                                + " end if; end")
                + ";";
    }

    /** The query is a text of its own, so that the server parses it only where it is needed. */
    private static String refusal(String query, String sqlState) {
        return " execute "
                + SqlText.literal(query)
                + " into refusal; if refusal is not null then raise exception using errcode = '"
                + sqlState
                + "', message = refusal; end if;";
    }

    /** The same, once nothing more can be hung on the tables until the transaction ends. */
    static String lockAndCheck(String schema, List<String> tables) {
        return tables.stream()
                        .map(
                                table ->
                                        "lock table "
                                                + SqlText.qualified(schema, table)
                                                + " in share update exclusive mode;")
                        .collect(Collectors.joining())
                + check(schema, tables);
    }
}
