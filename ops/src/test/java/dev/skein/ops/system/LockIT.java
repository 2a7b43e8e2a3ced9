package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Steps do not queue behind others' locks: they wait a little, say who is in the way, try again.
 */
class LockIT {
    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void aStepNamesWhoHoldsTheLockAndGoesOnWhenItIsFree() throws SQLException {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        try (Connection payroll = payroll(tenant)) {
            int pid = lockCustomers(payroll);
            Rollout rollout = open("lock-timeout: 200ms, attempts: 100");

            JsonNode waiting =
                    rollout.awaitTarget(
                            tenant, "blockers", each -> each.at("/failure/blockers").size() > 0);

            JsonNode failure = waiting.path("failure");
            assertThat(waiting.path("state").asText()).isEqualTo("running");
            assertThat(failure.path("code").asText()).isEqualTo("lock-timeout");
            assertThat(failure.path("sqlState").asText()).isEqualTo("55P03");
            assertThat(failure.path("passing").asBoolean()).isTrue();
            JsonNode blocker = failure.path("blockers").get(0);
            assertThat(blocker.path("pid").asInt()).isEqualTo(pid);
            assertThat(blocker.path("application").asText()).isEqualTo("payroll");
            assertThat(blocker.path("state").asText()).isEqualTo("idle in transaction");
            assertThat(waiting.path("reason").asText())
                    .contains("not acquired in 200 ms", "pid " + pid, "payroll", "of 100");
            payroll.rollback();
            rollout.awaitCompleted();
        }
        assertThat(tenant.applied()).isEqualTo("0001 0002");
        assertThat(skein.history(tenant))
                .extracting(each -> each.path("type").asText())
                .contains("step-retried");
    }

    @Test
    void afterItsLastAttemptTheStepFailsAndSaysWhoWasInTheWay() throws SQLException {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        try (Connection payroll = payroll(tenant)) {
            int pid = lockCustomers(payroll);

            Rollout rollout = open("lock-timeout: 100ms, attempts: 2");

            JsonNode failed = rollout.awaitState(tenant, "failed");
            assertThat(failed.at("/failure/code").asText()).isEqualTo("lock-timeout");
            assertThat(failed.path("reason").asText())
                    .contains("attempt 2 of 2", "pid " + pid, "payroll");
            rollout.awaitPaused("failure-budget");
            payroll.rollback();
            rollout.verb("retry");
            rollout.awaitCompleted();
        }
    }

    @Test
    void whoeverComesBehindAWaitingStepWaitsNoLongerThanItsLockTimeout() throws SQLException {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        try (Connection payroll = payroll(tenant);
                Statement reading = payroll.createStatement()) {
            reading.execute("select count(*) from customer");
            Rollout rollout = open("lock-timeout: 100ms, attempts: 1000");
            rollout.awaitTarget(
                    tenant, "blockers", each -> each.at("/failure/blockers").size() > 0);

            // A reader queues behind the step's wish for an exclusive lock, then passes it.
            List<String> counts = List.of(count(tenant), count(tenant), count(tenant));

            assertThat(counts).containsOnly("5");
            assertThat(tenant.applied()).isEmpty();
            payroll.rollback();
            rollout.awaitCompleted();
        }
    }

    private static String count(Tenant tenant) {
        return tenant.text("select count(*) from customer");
    }

    private Rollout open(String limits) {
        return skein.open(plan(), "{ waves: [{ name: all }], " + limits + " }");
    }

    private Plan plan() {
        return skein.migrations()
                .sql("0001_phone", "alter table customer add phone text;", "")
                .sql("0002_city", "alter table customer add city text;", "")
                .plan();
    }

    private static int lockCustomers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table customer in access exclusive mode");
            try (ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static Connection payroll(Tenant tenant) throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        TestServers.postgres().jdbcUrl(tenant.database())
                                + "?ApplicationName=payroll",
                        TestPostgres.SUPERUSER,
                        "");
        connection.setAutoCommit(false);
        return connection;
    }
}
