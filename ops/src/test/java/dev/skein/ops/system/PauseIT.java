package dev.skein.ops.system;

import static dev.skein.ops.system.SkeinSystem.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P3: a pause means stop. */
class PauseIT {
    private static final String GATE = "middle";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void p3AfterQuiescedNothingStartsUntilResume() {
        List<Tenant> paused = tenants("a1", "a2", "a3", "a4", "a5", "a6");
        List<Tenant> others = tenants("b1", "b2", "b3");
        skein.start("databases-in-flight: 5");
        Rollout rollout = skein.open(planWithGate(), "{ " + wave(paused) + ", max-in-flight: 3 }");
        List<Tenant> running = awaitAtGate(paused, 3);

        rollout.verb("pause", "{ by: ada, reason: lunch }");

        JsonNode draining = rollout.await("draining", each -> pauseState(each).equals("draining"));
        assertThat(draining.at("/pause/running").asInt()).isEqualTo(3);
        assertThat(draining.path("detail").asText())
                .isEqualTo("draining (3 running), paused by ada: lunch");
        paused.forEach(tenant -> tenant.openGate(GATE));
        rollout.await("quiesced", each -> pauseState(each).equals("quiesced"));
        Map<String, String> ledgers = each(paused, Tenant::ledger);

        Rollout meanwhile = skein.open(plan(), "{ " + wave(others) + " }");
        meanwhile.awaitCompleted();

        assertThat(each(paused, Tenant::ledger)).isEqualTo(ledgers);
        assertThat(running).extracting(Tenant::applied).containsOnly("0001 0002");
        assertThat(paused).filteredOn(Tenant::hasLedger).hasSize(3);
        assertThat(sessionsOf(rollout)).isEqualTo("0");
        assertThat(paused)
                .allSatisfy(
                        tenant ->
                                assertThat(rollout.reason(tenant))
                                        .contains("paused by ada: lunch"));

        rollout.verb("resume");

        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 6));
        assertThat(paused).extracting(Tenant::applied).containsOnly("0001 0002 0003");
    }

    @Test
    void p3APauseOutlivesTheAgentAndTheOrchestrator() {
        List<Tenant> paused = tenants("a1", "a2", "a3");
        List<Tenant> others = tenants("b1", "b2");
        skein.start();
        Rollout before = skein.open(planWithGate(), "{ " + wave(paused) + ", max-in-flight: 2 }");
        awaitAtGate(paused, 2);
        before.verb("pause");
        paused.forEach(tenant -> tenant.openGate(GATE));
        before.await("quiesced", each -> pauseState(each).equals("quiesced"));
        Map<String, String> ledgers = each(paused, Tenant::ledger);

        skein.stopAgent();
        skein.restartOrchestrator();
        skein.startAgent("");
        Rollout after = new Rollout(skein.client(), before.id());
        skein.open(plan(), "{ " + wave(others) + " }").awaitCompleted();

        assertThat(each(paused, Tenant::ledger)).isEqualTo(ledgers);
        assertThat(pauseState(after.awaitPaused("operator"))).isEqualTo("quiesced");
        after.verb("resume");
        after.awaitCompleted();
        assertThat(paused).extracting(Tenant::applied).containsOnly("0001 0002 0003");
    }

    @Test
    void p3AStepThatWaitsForALockGivesWayToAPause() throws SQLException {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        try (Connection other = TestServers.postgres().connect(tenant.database());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table customer in access exclusive mode");
            Rollout rollout =
                    skein.open(
                            plan(),
                            "{ waves: [{ name: all }], lock-timeout: 50ms, attempts: 900 }");
            rollout.awaitTarget(
                    tenant, "retries", each -> each.path("reason").asText().contains("attempt 2"));

            rollout.verb("pause");

            rollout.await("quiesced", each -> pauseState(each).equals("quiesced"));
            assertThat(tenant.applied()).isEmpty();
            rollout.verb("resume");
            other.rollback();
            rollout.awaitCompleted();
        }
    }

    @Test
    void aSecondPauseAndAResumeOfWhatRunsAreRefused() {
        List<Tenant> tenants = tenants("a1", "a2");
        skein.start();
        Rollout rollout = skein.open(planWithGate(), "{ " + wave(tenants) + " }");
        awaitAtGate(tenants, 2);

        assertThatThrownBy(() -> rollout.verb("resume")).hasMessageContaining("[not-paused]");
        rollout.verb("pause", "{ by: ada }");
        assertThatThrownBy(() -> rollout.verb("pause"))
                .hasMessageContaining(
                        "is paused already, by ada: no reason was given [already-paused]");
        rollout.verb("resume");
        tenants.forEach(tenant -> tenant.openGate(GATE));
        rollout.awaitCompleted();
        assertThatThrownBy(() -> rollout.verb("pause")).hasMessageContaining("[rollout-closed]");
    }

    private List<Tenant> tenants(String... names) {
        return Stream.of(names).map(skein::tenant).toList();
    }

    private static String wave(List<Tenant> tenants) {
        return "select: { databases: " + tenants + " }, waves: [{ name: all }]";
    }

    private static List<Tenant> awaitAtGate(List<Tenant> tenants, int count) {
        return Until.reached(
                count + " databases at the gate",
                () -> tenants.stream().filter(each -> each.isAtGate(GATE)).toList(),
                there -> there.size() == count);
    }

    private static String pauseState(JsonNode rollout) {
        return rollout.at("/pause/state").asText();
    }

    private static String sessionsOf(Rollout rollout) {
        return new Tenant("", "postgres")
                .text(
                        "select count(*) from pg_stat_activity where application_name = 'skein/"
                                + rollout
                                + "'");
    }

    private Plan plan() {
        return skein.migrations()
                .sql("0001_phone", "alter table customer add phone text;", "select 1;")
                .sql("0002_city", "alter table customer add city text;", "select 1;")
                .plan();
    }

    private Plan planWithGate() {
        return skein.migrations()
                .sql("0001_phone", "alter table customer add phone text;", "select 1;")
                .sql("0002_gate", "select pass_gate('" + GATE + "');", "select 1;")
                .sql("0003_city", "alter table customer add city text;", "select 1;")
                .plan();
    }
}
