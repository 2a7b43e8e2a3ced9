package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.tools.Ran;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Flyway's advisory lock keeps a person's run and an agent apart. */
class FlywayLockIT extends FrameworkLockContract {
    /** "Flyway" in ASCII and the hash of the table's quoted name. */
    private static final long KEY =
            0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode();

    private final Migrations files =
            skein.migrations()
                    .file("V1__done.sql", CREATE_DONE + ";")
                    .file("V2__gate.sql", MigrationGate.PASS + ";\n" + note("2") + ";")
                    .file("V3__note.sql", note("3") + ";");

    @Override
    Plan plan() {
        return files.flywayPlan();
    }

    @Override
    String notes() {
        return "2 3";
    }

    @Override
    String appliedByAgent() {
        return "1 2 3";
    }

    @Override
    CompletableFuture<Ran> startPerson(Tenant tenant) {
        return CompletableFuture.supplyAsync(hand(tenant)::runAtOnce);
    }

    @Override
    String doneByPerson() {
        return "3";
    }

    @Override
    String agentsReason() {
        return "a run of flyway holds the lock: pid ";
    }

    @Override
    String[] refusal() {
        return new String[] {"lock"};
    }

    @Override
    void assertNothingLeft(Tenant tenant) {
        assertThatCode(hand(tenant)::validate).doesNotThrowAnyException();
        assertThat(hand(tenant).migrateAtOnce()).isZero();
    }

    @Test
    void p6TheAgentWaitsForTheLockItselfAndSaysSo() throws SQLException {
        Tenant tenant = tenant();
        skein.start();
        try (Connection flyway = connect(tenant);
                Statement statement = flyway.createStatement()) {
            statement.execute("select pg_advisory_lock(" + KEY + ")");
            Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);

            awaitReason(rollout, tenant, "a run of flyway holds the lock");

            assertThat(rollout.reason(tenant)).contains("flyway by hand", "pid ");
            assertThat(tenant.applied()).isEmpty();
            statement.execute("select pg_advisory_unlock(" + KEY + ")");
            rollout.awaitCompleted();
        }
    }

    private FlywayHand hand(Tenant tenant) {
        return new FlywayHand(tenant, files);
    }

    private static Connection connect(Tenant tenant) throws SQLException {
        return DriverManager.getConnection(
                TestServers.postgres().jdbcUrl(tenant.database())
                        + "?ApplicationName=flyway by hand",
                TestPostgres.SUPERUSER,
                "");
    }
}
