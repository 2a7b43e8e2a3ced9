package dev.skein.ops.chaos;

import dev.skein.embedded.testing.TestPostgres;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forty databases, half of them under Flyway and half under plain SQL, with four agents: three log
 * in as a role whose name is that of the ledger's schema, one as a role called otherwise.
 *
 * <p>Each database counts visits, so that a change of rows that ran twice shows, and has a table
 * into which every migration that changes rows or tables writes that it ran, up or down.
 *
 * @param server restarted by the test, so its own
 */
record Flock(TestPostgres server) {
    static final int DATABASES = 40;
    static final int AGENTS = 4;

    private static final String PREFIX = "flock";
    private static final String NAMESAKE = "skein";
    private static final String OTHER = "migrator";

    /** What is there before the first migration. */
    private static final String BEGINNING =
            """
            create table counter (visits int not null);
            insert into counter values (0);
            create table trace (id bigint generated always as identity, migration int not null,
                direction text not null);
            grant all on counter, trace to public;
            """;

    /** One database of it. */
    record Tenant(String database, String server, FlockKind kind) {
        /** As Skein names it. */
        String id() {
            return server + "/" + database;
        }
    }

    /** Creates roles and databases, and one database for what all have to be like. */
    static Flock create(TestPostgres server) {
        Flock flock = new Flock(server);
        server.execute("postgres", "create role skein login; create role migrator login");
        flock.create(flock.reference(), OTHER);
        for (Tenant tenant : flock.tenants()) {
            flock.create(tenant.database(), role(agentOf(tenant)));
        }
        return flock;
    }

    private void create(String database, String owner) {
        server.execute("postgres", "create database %s owner %s".formatted(database, owner));
        server.execute(
                database, "set role " + owner + "; set search_path = public;" + grant(owner));
    }

    private static String grant(String owner) {
        return "reset role; grant create on schema public to "
                + owner
                + "; set role "
                + owner
                + "; "
                + BEGINNING;
    }

    String reference() {
        return PREFIX + "_reference";
    }

    /** All but the reference, in the order of their names. */
    List<Tenant> tenants() {
        return IntStream.range(0, DATABASES)
                .mapToObj(
                        n ->
                                new Tenant(
                                        "%s_%02d".formatted(PREFIX, n),
                                        serverOf(n % AGENTS),
                                        n / AGENTS % 2 == 0 ? FlockKind.FLYWAY : FlockKind.SQL))
                .toList();
    }

    private static int agentOf(Tenant tenant) {
        return IntStream.range(0, AGENTS)
                .filter(agent -> serverOf(agent).equals(tenant.server()))
                .findFirst()
                .orElseThrow();
    }

    private static String serverOf(int agent) {
        return "pg-" + agent;
    }

    private static String role(int agent) {
        return agent == AGENTS - 1 ? OTHER : NAMESAKE;
    }

    /** The servers of one agent's configuration, as YAML. */
    String servers(int agent) {
        String query =
                ("select datname as name, case when n / %2$d %% 2 = 0 then 'flyway' else 'sql' end"
                     + " as \\\"label.kind\\\" from (select datname, substr(datname, 7)::int as n"
                     + " from pg_database where datname ~ '^%1$s_[0-9]+$') as d where n %% %2$d ="
                     + " %3$d")
                        .formatted(PREFIX, AGENTS, agent);
        return Deployment.server(serverOf(agent), server.uri(role(agent), "postgres"), query);
    }
}
