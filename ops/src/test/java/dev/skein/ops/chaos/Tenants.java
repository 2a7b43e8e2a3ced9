package dev.skein.ops.chaos;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;

/**
 * Tenant databases that are alike: Flyway made their first table, ten migrations are left to do.
 * One beside them was migrated by hand, with Flyway's own {@code migrate}: what all of them have to
 * be like in the end.
 *
 * @param prefix of the databases' names; no other database of the server has it
 */
record Tenants(TestPostgres server, String prefix, int count) {
    /** The server's name in the agents' configuration. */
    static final String SERVER = "pg-1";

    /** Those that are left to do. */
    static final int MIGRATIONS = 10;

    /** Creates them all. */
    static Tenants create(TestPostgres server, String prefix, int count) {
        Tenants tenants = new Tenants(server, prefix, count);
        server.createDatabase(tenants.template());
        tenants.migrateByHand(tenants.template(), "0");
        tenants.names().forEach(tenants::create);
        tenants.create(tenants.reference());
        tenants.migrateByHand(tenants.reference(), "latest");
        return tenants;
    }

    /** Creates them empty: their first migration is left to do too. */
    static Tenants createEmpty(TestPostgres server, String prefix, int count) {
        Tenants tenants = new Tenants(server, prefix, count);
        server.createDatabase(tenants.template());
        tenants.names().forEach(tenants::create);
        tenants.create(tenants.reference());
        tenants.migrateByHand(tenants.reference(), "latest");
        return tenants;
    }

    private void create(String name) {
        server.execute(
                TestPostgres.SUPERUSER, "create database " + name + " template " + template());
        if (Character.digit(name.charAt(name.length() - 1), 10) % 2 == 0) {
            // Here PostgreSQL notices within a statement that its client is gone and cancels it;
            // elsewhere, and on a server before 14, the statement of a dead agent runs to its end.
            server.execute(
                    TestPostgres.SUPERUSER,
                    "do $$ begin if current_setting('server_version_num')::int >= 140000 then"
                            + " alter database "
                            + name
                            + " set client_connection_check_interval = '50ms'; end if; end $$");
        }
    }

    private void migrateByHand(String database, String target) {
        Flyway.configure()
                .dataSource(server.jdbcUrl(database), TestPostgres.SUPERUSER, "")
                .locations("filesystem:" + migrations())
                .target(target)
                // Flyway's transactional lock would wait for its own index build.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    Plan plan() {
        return PlanSources.of(Framework.FLYWAY).read(migrations(), SourceSettings.defaults());
    }

    private static Path migrations() {
        try {
            return Path.of(Tenants.class.getResource("/chaos/flyway").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<String> names() {
        return IntStream.rangeClosed(1, count).mapToObj(this::name).toList();
    }

    private String name(int n) {
        return prefix + "_" + (n < 10 ? "0" : "") + n;
    }

    private String template() {
        return prefix + "_template";
    }

    String reference() {
        return prefix + "_reference";
    }

    /** Gives an agent the names of the tenants, and no others. */
    String query() {
        return "select datname as name from pg_database where datname ~ '^" + prefix + "_[0-9]+$'";
    }
}
