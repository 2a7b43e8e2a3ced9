package dev.skein.engine.postgres;

/**
 * What a tenant that owns its database can plant there, so that somebody else's statements call it:
 * operators and functions that fit better than PostgreSQL's own, or are found before them. Each
 * answers as PostgreSQL's own does and notes, in {@code public.caught}, on whose behalf it was
 * called; in a transaction that can change nothing it fails.
 */
final class Traps {
    private static final String[] TYPES = {
        "text", "varchar", "int4", "int8", "name", "oid", "bool", "timestamptz"
    };
    private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">="};

    private final ExecutionFixture fixture;
    private final String tenant;
    private final StringBuilder sql = new StringBuilder();
    private int planted;

    private Traps(ExecutionFixture fixture, String tenant) {
        this.fixture = fixture;
        this.tenant = tenant;
    }

    /** Gives the database to a role of its own, which may log in and nothing else. */
    static String tenantOf(ExecutionFixture fixture) {
        String tenant = fixture.name + "_owner";
        fixture.execute(
                "create role %1$s login; alter database %2$s owner to %1$s"
                        .formatted(tenant, fixture.name));
        fixture.execute(
                as(tenant)
                        + "create table public.caught (who name, what text);"
                        + " grant insert on public.caught to public");
        return tenant;
    }

    /** Plants all of them, as the tenant. */
    static void plant(ExecutionFixture fixture, String tenant) {
        new Traps(fixture, tenant).plant();
    }

    private static String as(String tenant) {
        return "set session authorization " + tenant + ";";
    }

    private void plant() {
        for (String type : TYPES) {
            for (String comparison : COMPARISONS) {
                String exact = type.equals("varchar") ? "text" : type;
                operator(comparison, type, type, "bool", exact, exact);
            }
        }
        operator("||", "text", "text", "text", "text", "text");
        operator("+", "int4", "int4", "int4", "int4", "int4");
        operator("+", "int8", "int4", "int8", "int8", "int4");
        operator("-", "timestamptz", "timestamptz", "interval", "timestamptz", "timestamptz");
        operator("<<", "int8", "int4", "int8", "int8", "int4");
        operator("|", "int8", "int8", "int8", "int8", "int8");
        function("to_regclass(a pg_catalog.text)", "regclass", "pg_catalog.to_regclass(a)");
        function(
                "to_regnamespace(a pg_catalog.text)",
                "regnamespace",
                "pg_catalog.to_regnamespace(a)");
        function("now()", "timestamptz", "pg_catalog.now()");
        sql.append("create domain public.text as pg_catalog.varchar(5);");
        sql.append("create domain public.name as pg_catalog.varchar(5);");
        fixture.execute(
                as(tenant)
                        + sql
                        + "alter database "
                        + fixture.name
                        + " set search_path = public, pg_catalog");
    }

    private void operator(
            String symbol, String left, String right, String result, String... exact) {
        String name = "trap_" + planted++;
        function(
                "%s(a pg_catalog.%s, b pg_catalog.%s)".formatted(name, left, right),
                result,
                "a::pg_catalog.%s operator(pg_catalog.%s) b::pg_catalog.%s"
                        .formatted(exact[0], symbol, exact[1]));
        sql.append(
                "create operator public.%s (leftarg = pg_catalog.%s, rightarg = pg_catalog.%s,"
                                .formatted(symbol, left, right)
                        + " procedure = public.%s);".formatted(name));
    }

    private void function(String signature, String result, String answer) {
        sql.append(
                "create function public.%s returns pg_catalog.%s language plpgsql as $f$ begin"
                                .formatted(signature, result)
                        + " insert into public.caught values (current_user, $t$%s$t$);"
                                .formatted(signature)
                        + " begin execute 'alter role %s superuser';".formatted(tenant)
                        + " exception when others then null; end;"
                        + " return %s; end $f$;".formatted(answer));
    }

    /** A schema {@code skein} with tables and a fence of the tenant's own. */
    static void plantLedger(ExecutionFixture fixture, String tenant) {
        fixture.execute(
                as(tenant)
                        + "create schema skein; create table skein.format (version int not null);"
                        + " insert into skein.format values (1); create table skein.target (target"
                        + " text primary key, epoch bigint not null, rollout text not null,"
                        + " reported bigint not null); create table skein.ledger (scope text not"
                        + " null, position bigint generated always as identity, target text not"
                        + " null, sequence bigint not null, epoch bigint not null, rollout text"
                        + " not null, book text not null, kind text not null, migration text,"
                        + " direction text, step int, completes boolean not null, checksum text,"
                        + " at timestamptz not null default now(), report text not null, primary"
                        + " key (scope, position), unique (target, sequence)); create function"
                        + " skein.fence(held text, held_epoch bigint) returns void language"
                        + " plpgsql as $$ begin insert into public.caught values (current_user,"
                        + " 'fence'); end $$; grant usage on schema skein to public; grant all on"
                        + " all tables in schema skein to public");
    }

    /** What was called, and for whom; absent where nothing was. */
    static String caught(ExecutionFixture fixture) {
        return fixture.value(
                "select pg_catalog.string_agg(pg_catalog.concat(who, ' ', what), ', ')"
                        + " from public.caught");
    }

    /** Whether the tenant has made itself a superuser. */
    static boolean isSuperuser(ExecutionFixture fixture, String tenant) {
        return "t"
                .equals(
                        fixture.value(
                                "select rolsuper from pg_catalog.pg_roles where rolname"
                                        + " operator(pg_catalog.=) '"
                                        + tenant
                                        + "'"));
    }
}
