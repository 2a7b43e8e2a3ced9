package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P6: a person who runs Flyway and an agent keep each other out. */
class FlywayLockIT {
    /** "Flyway" in ASCII and the hash of the table's quoted name. */
    private static final long KEY =
            0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode();

    /** Fails when it is run a second time. */
    private static final String NOTE = "insert into gate values ('passed');";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void p6TheAgentWaitsForAPersonsFlywayAndSaysSo() throws SQLException {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        try (Connection flyway = connect(tenant);
                Statement statement = flyway.createStatement()) {
            statement.execute("select pg_advisory_lock(" + KEY + ")");
            Rollout rollout = skein.open(files().flywayPlan(), "waves: [{ name: all }]");

            rollout.awaitTarget(
                    tenant,
                    "waits for Flyway",
                    each ->
                            each.path("reason")
                                    .asText()
                                    .contains("a run of flyway holds the lock"));

            assertThat(rollout.reason(tenant)).contains("flyway by hand", "pid ");
            assertThat(tenant.applied()).isEmpty();
            statement.execute("select pg_advisory_unlock(" + KEY + ")");
            rollout.awaitCompleted();
        }
    }

    @Test
    void p6TheAgentWaitsForAMigrationInTheMidstAndFindsItDone() {
        Tenant tenant = skein.tenant("a1");
        Gate gate = new Gate(tenant).close();
        Migrations files = files();
        files.file("V2__gate.sql", Gate.PASS + ";\n" + NOTE);
        files.file("V3__age.sql", "alter table customer add age int;");
        skein.start();
        CompletableFuture<Integer> person =
                CompletableFuture.supplyAsync(new FlywayHand(tenant, files)::migrate);
        gate.awaitPerson();

        Rollout rollout = skein.open(files.flywayPlan(), "waves: [{ name: all }]");
        rollout.awaitTarget(
                tenant,
                "waits for Flyway",
                each ->
                        each.path("reason")
                                .asText()
                                .contains("a run of flyway holds the lock: pid "));

        gate.open();
        assertThat(person.join()).isEqualTo(3);
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertThat(tenant.text("select count(*) from gate where name = 'passed'")).isEqualTo("1");
        assertThatCode(new FlywayHand(tenant, files)::validate).doesNotThrowAnyException();
    }

    @Test
    void p6APersonsFlywayIsKeptOutWhileTheAgentWorks() {
        Tenant tenant = skein.tenant("a1");
        Migrations files = files();
        files.file("V2__gate.sql", "select pass_gate('middle');");
        skein.start();
        Rollout rollout = skein.open(files.flywayPlan(), "waves: [{ name: all }]");
        tenant.awaitAtGate("middle");

        assertThatThrownBy(new FlywayHand(tenant, files)::migrateAtOnce)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("lock");

        tenant.openGate("middle");
        rollout.awaitCompleted();
        assertThat(new FlywayHand(tenant, files).migrateAtOnce()).isZero();
    }

    private Migrations files() {
        return skein.migrations().file("V1__city.sql", "alter table customer add city text;");
    }

    private static Connection connect(Tenant tenant) throws SQLException {
        return DriverManager.getConnection(
                TestServers.postgres().jdbcUrl(tenant.database())
                        + "?ApplicationName=flyway by hand",
                TestPostgres.SUPERUSER,
                "");
    }
}
