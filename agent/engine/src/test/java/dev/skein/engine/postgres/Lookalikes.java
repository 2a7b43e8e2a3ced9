package dev.skein.engine.postgres;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;

/**
 * A database in which its owner, who may do nothing else on the server, has planted something of
 * its own beside all that PostgreSQL brings: functions, operators, types, tables and views of the
 * same names, and such as fit better, in each schema where an agent's role looks by itself. Each of
 * them tells the client on whose behalf it is called, and fails.
 */
final class Lookalikes {
    /** Begins what a trap says. */
    static final String SPRUNG = "trap sprung: ";

    /** Marks a text of the team's, which may call what it likes. */
    static final String TEAM = "/* team */ ";

    /** Begins the name of each copy, with a number behind it. */
    static final String COPY = "trapped";

    /** Who owns the databases. */
    static final String OWNER = "traps_owner";

    /** The agent's role, a superuser; its name is that of the schema where it looks first. */
    static final String AGENT = "traps_agent";

    private static final String ROLES =
            "create role %s login; create role %s login superuser".formatted(OWNER, AGENT);

    private static final String HOMES =
            """
            set session authorization %1$s; set search_path = pg_catalog;
            set check_function_bodies = off; create schema %2$s;
            """
                    .formatted(OWNER, AGENT);

    private static final String SPRING =
            """
            create function %1$s.sprung(what text) returns bool language plpgsql stable as
              $f$ begin raise info '%2$s%% as %%', what, current_user;
              raise exception 'a trap'; end $f$;
            """;

    private static final String PLANT =
            """
            create function %1$s.plant(declaration text) returns void language plpgsql as
              $f$ begin execute declaration; exception when others then null; end $f$;
            create function %1$s.body(label text) returns text language sql as
              $f$ select format('begin perform %1$s.sprung(%%L); end', label) $f$;
            """;

    private static final String FUNCTIONS =
            """
            with own as (
              select p.proname, replace(oidvectortypes(p.proargtypes), '"any"', 'text') as args,
                case when p.proretset then 'setof ' else '' end
                  || format_type(p.prorettype, null) as result
              from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace),
            fitting as (
              select o.* from own o
              union select o.proname, regexp_replace(o.args, '\\mtext\\M', t.name, 'g'), o.result
              from own o, (values ('character varying'), ('name')) t (name)
              where o.args ~ '\\mtext\\M')
            select %1$s.plant(format('create function %1$s.%%I(%%s) returns %%s'
              ' language plpgsql as %%L', f.proname, f.args, f.result,
              %1$s.body(format('function %%s(%%s)', f.proname, f.args))))
            from fitting f;
            """;

    private static final String OPERATORS =
            """
            with kind as (
              select unnest(array['text', 'character varying', 'name', '"char"', 'character',
                'smallint', 'integer', 'bigint', 'numeric', 'boolean', 'oid', 'regclass',
                'regnamespace', 'xid', 'timestamp with time zone', 'timestamp', 'interval',
                'uuid', 'json', 'jsonb', 'text[]', 'name[]', 'integer[]', 'oid[]']) as name),
            pair as (
              select k.name as l, k.name as r from kind k
              union select k.name, o.name from kind k, kind o
              where k.name in ('text', 'character varying', 'name', 'integer', 'bigint', 'oid')
                and o.name in ('text', 'character varying', 'name', 'integer', 'bigint', 'oid')),
            fitting as (
              select o.oprname::text as name,
                case when o.oprleft <> 0 then format_type(o.oprleft, null) end as l,
                case when o.oprright <> 0 then format_type(o.oprright, null) end as r,
                format_type(o.oprresult, null) as result
              from pg_operator o where o.oprnamespace = 'pg_catalog'::regnamespace
              union select s.name, p.l, p.r, 'boolean' from pair p, unnest(array['=', '<>', '<',
                '<=', '>', '>=', '~', '!~', '~~', '!~~', '||', '->', '->>', '|', '&', '<<', '+',
                '-', '*']) s (name)),
            numbered as (select f.*, row_number() over () as n from fitting f)
            select
              %1$s.plant(format('create function %1$s.operator_%%s(%%s) returns %%s'
                ' language plpgsql as %%L', o.n, concat_ws(', ', o.l, o.r), o.result,
                %1$s.body(format('operator %%s (%%s, %%s)', o.name, o.l, o.r)))),
              %1$s.plant(format('create operator %1$s.%%s (function = %1$s.operator_%%s,'
                ' %%s)', o.name, o.n,
                concat_ws(', ', 'leftarg = ' || o.l, 'rightarg = ' || o.r)))
            from numbered o;
            """;

    private static final String TYPES_AND_VIEWS =
            """
            select %1$s.plant(format('create domain %1$s.%%I as pg_catalog.%%I'
              ' check (%1$s.sprung(%%L))', t.typname, t.typname, 'type ' || t.typname))
            from pg_type t where t.typnamespace = 'pg_catalog'::regnamespace
              and t.typtype in ('b', 'r') and t.typname !~ '^_';
            select %1$s.plant(format('create view %1$s.%%I as select * from'
              ' pg_catalog.%%I where %1$s.sprung(%%L)', c.relname, c.relname,
              'view ' || c.relname))
            from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace
              and c.relkind in ('r', 'v');
            """;

    private static final String OWN_TABLE =
            """
            create table %1$s.own (n integer);
            create function %1$s.fired() returns trigger language plpgsql as
              $f$ begin perform %1$s.sprung('trigger'); return new; end $f$;
            create trigger own before insert or update or delete on %1$s.own
              for each row execute function %1$s.fired();
            create rule own as on insert to %1$s.own do also select %1$s.sprung('rule');
            """;

    private final TestPostgres server;
    private final String template;

    private Lookalikes(TestPostgres server, String template) {
        this.server = server;
        this.template = template;
    }

    /** Plants one database, of which each scenario gets a copy. */
    static Lookalikes plant() {
        TestPostgres server = TestServers.postgres();
        String template = TestServers.freshDatabase("traps");
        server.execute(template, ROLES);
        server.execute(template, "alter database " + template + " owner to " + OWNER);
        StringBuilder sql = new StringBuilder(HOMES);
        plant(sql, "public", SPRING, PLANT, OPERATORS);
        plant(sql, AGENT, SPRING, PLANT, OPERATORS, FUNCTIONS, TYPES_AND_VIEWS, OWN_TABLE);
        server.execute(template, sql.toString());
        return new Lookalikes(server, template);
    }

    private static void plant(StringBuilder sql, String home, String... parts) {
        for (String part : parts) {
            sql.append(part.formatted(home, SPRUNG));
        }
    }

    /** How many of a kind there are in the schema where the agent's role looks first. */
    long count(String catalogue, String schemaColumn) {
        ExecutionFixture fixture = ExecutionFixture.onDatabase(template);
        try {
            return Long.parseLong(
                    fixture.value(
                            "select count(*) from pg_catalog.%s c, pg_catalog.pg_namespace n"
                                            .formatted(catalogue)
                                    + " where %s operator(pg_catalog.=) n.oid and n.nspname = '%s'"
                                            .formatted(schemaColumn, AGENT)));
        } finally {
            fixture.close();
        }
    }

    /**
     * A copy, in which whoever comes as the agent's role finds all of it before PostgreSQL's own.
     */
    ExecutionFixture copy() {
        String name = TestServers.freshDatabase(COPY);
        server.execute(TestPostgres.SUPERUSER, "drop database " + name);
        server.execute(
                TestPostgres.SUPERUSER,
                "create database %s template %s owner %s".formatted(name, template, OWNER));
        server.execute(
                TestPostgres.SUPERUSER,
                "alter role %s in database %s set search_path = \"$user\", public, pg_catalog"
                        .formatted(AGENT, name));
        return ExecutionFixture.onDatabase(name).user(AGENT);
    }
}
