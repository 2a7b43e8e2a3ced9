package dev.skein.ops.demo;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.PostgresSettings;
import dev.skein.ops.run.Lifecycle;

/** A PostgreSQL with tenant databases, one of which holds data that a migration fails on. */
final class TenantServer {
    static final String NAME = "pg-demo";
    static final String ODD_ONE = "tenant_05";
    private static final String TEMPLATE = "tenant_template";
    private static final String SECOND_ROW = "select min(id) + 1 from customer";
    private static final String SAME_EMAIL =
            "update customer set email = 'customer1@example.com' where id = (" + SECOND_ROW + ")";
    private static final String OWN_EMAIL =
            "update customer set email = 'customer2@example.com' where id = (" + SECOND_ROW + ")";
    private static final int FREE_FIRST = 2;
    private static final int FREE_LAST = 7;

    private final EmbeddedPostgres postgres;

    private TenantServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static TenantServer start(Lifecycle lifecycle, int databases) {
        PostgresSettings settings = PostgresSettings.temporary().withoutDurability();
        EmbeddedPostgres postgres =
                lifecycle.start("postgresql", () -> EmbeddedPostgres.start(settings));
        TenantServer server = new TenantServer(postgres);
        server.fill(databases);
        return server;
    }

    private void fill(int databases) {
        postgres.createDatabase(TEMPLATE);
        postgres.execute(TEMPLATE, DemoFiles.tenantSql());
        for (int n = 1; n <= databases; n++) {
            postgres.execute("postgres", "create database " + name(n) + " template " + TEMPLATE);
        }
        postgres.execute(ODD_ONE, SAME_EMAIL);
    }

    /** What a person would do after looking at the failure. */
    void mendTheOddOne() {
        postgres.execute(ODD_ONE, OWN_EMAIL);
    }

    String uri() {
        return postgres.uri("postgres");
    }

    int port() {
        return postgres.port();
    }

    /** Finds the tenants by a query that also gives their labels. */
    static String query() {
        return "select datname as name, case when substring(datname from '[0-9]+$')::int between "
                + FREE_FIRST
                + " and "
                + FREE_LAST
                + " then 'free' else 'paid' end as \"label.tier\" from pg_database"
                + " where datname ~ '^tenant_[0-9]+$' order by datname";
    }

    private static String name(int n) {
        return String.format("tenant_%02d", n);
    }
}
