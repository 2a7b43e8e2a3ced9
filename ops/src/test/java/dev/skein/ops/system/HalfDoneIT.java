package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A step down is cut off in the middle, and its rollout was aborted: it says so, and how to go on.
 */
class HalfDoneIT {
    private static final String PATIENT = "{ waves: [{ name: all }], lock-timeout: 5m }";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final Tenant tenant = skein.tenant("a1");

    @Test
    void abortedRolloutTellsWhatItLeftHalfDoneUntilItIsFinished() throws SQLException {
        // given
        skein.start();
        String before = tenant.schema();
        Plan plan = plan();
        Rollout first = skein.open(plan, PATIENT);
        first.awaitCompleted();
        cutOffOnItsWayBack(first);
        // then its page says so
        JsonNode aborted = first.awaitPhase("aborted");
        assertThat(aborted.at("/halfDone/0/database").asText()).isEqualTo(tenant.id());
        assertThat(aborted.at("/halfDone/0/direction").asText()).isEqualTo("down");
        assertThat(skein.said("rollout", "status", first.id()).done().out())
                .contains("half done\n  " + tenant.id() + "  step 1 of 1 (down) of migration 0002")
                .contains("skein rollout rollback " + first.id());
        // and a later rollout names it, and takes no verb that would change nothing
        Rollout second = skein.open(plan, PATIENT);
        second.awaitPaused("failure-budget");
        assertThat(second.reason(tenant))
                .contains(
                        "'skein rollout rollback "
                                + first.id()
                                + " --database "
                                + tenant.id()
                                + "'");
        String named = "{ databases: [ " + tenant.id() + " ] }";
        assertThatThrownBy(() -> second.verb("retry")).hasMessageContaining(first.id());
        assertThatThrownBy(() -> second.verb("repair", named))
                .hasMessageContaining("[not-repairable]");
        // when
        second.verb("rollback", "{ all: true }");
        second.await("its end", each -> each.has("closedAt"));
        first.verb("rollback", named);
        // then
        JsonNode ended =
                first.await(
                        "nothing half done",
                        each -> each.at("/halfDone").isEmpty() && each.has("closedAt"));
        assertThat(ended.path("halfDoneTotal").asInt()).isZero();
        assertThat(tenant.schema()).isEqualTo(before);
    }

    private void cutOffOnItsWayBack(Rollout rollout) throws SQLException {
        try (Connection reader = TestServers.postgres().connect(tenant.database());
                Statement reading = reader.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("select count(*) from customer");
            rollout.verb("rollback", "{ all: true }");
            Until.reached(
                    "a step down that waits",
                    () -> skein.history(tenant).toString(),
                    history -> history.contains("step-started") && history.contains("down"));
            rollout.verb("abort");
            skein.stopAgent();
            TestServers.postgres()
                    .execute(
                            "postgres",
                            "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                                    + " '"
                                    + tenant.database()
                                    + "' and application_name like 'skein/%'");
            reader.rollback();
        }
        skein.startAgent("");
    }

    private Plan plan() {
        return skein.migrations()
                .sql(
                        "0001_city",
                        "alter table customer add city text;",
                        "alter table customer drop city;")
                .sql(
                        "0002_index",
                        "-- skein: transaction=none\ncreate index concurrently customer_city on"
                                + " customer (city);",
                        "-- skein: transaction=none\ndrop index concurrently customer_city;")
                .plan();
    }
}
