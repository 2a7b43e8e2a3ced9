package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tenants come and go, and the agent may be gone for a while. */
class DiscoveryIT {
    private static final String GATE = "middle";
    private static final String INDEXES =
            "select string_agg(schemaname, ' ' order by schemaname) from pg_indexes"
                    + " where indexname = 'item_by_n'";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void aTenantThatComesLaterIsListedAsLateAndLeftAlone() {
        Tenant early = skein.unannounced("a1");
        startWithQuery(1);
        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        early.awaitAtGate(GATE);

        Tenant late = skein.unannounced("a2");

        rollout.await("one late", each -> each.path("late").asInt() == 1);
        JsonNode row = skein.client().get("/databases/" + late);
        assertThat(row.path("late").asBoolean()).isTrue();
        assertThat(row.path("reachable").asBoolean()).isTrue();
        early.openGate(GATE);
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 1));
        assertThat(late.hasLedger()).isFalse();
    }

    @Test
    void aTenantThatComesLaterJoinsTheLastWaveWhereTheStrategyWantsIt() {
        Tenant early = skein.unannounced("a1");
        startWithQuery(1);
        Rollout rollout =
                skein.open(plan(), "{ waves: [{ name: all }], late-databases: join-last-wave }");
        early.awaitAtGate(GATE);

        Tenant late = skein.unannounced("a2");

        rollout.await("two databases", each -> each.path("databases").asInt() == 2);
        late.awaitAtGate(GATE);
        List.of(early, late).forEach(each -> each.openGate(GATE));
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
    }

    @Test
    void aDroppedTenantLeavesTheFleetAndItsRolloutSaysWhyItWaits() {
        Tenant kept = skein.unannounced("a1");
        Tenant dropped = skein.unannounced("a2");
        startWithQuery(2);
        Rollout rollout =
                skein.open(
                        plan(),
                        "waves: [{ name: early, databases: [ %s ] }, { name: late }]"
                                .formatted(kept));
        kept.awaitAtGate(GATE);

        TestServers.postgres().execute("postgres", "drop database " + dropped.database());

        skein.awaitDatabases(1);
        kept.openGate(GATE);
        rollout.awaitTarget(
                dropped,
                "nobody announces it",
                each -> each.path("reason").asText().contains("no agent announces"));
        assertThat(skein.said("rollout", "watch", rollout.id()).endedWith(1).out())
                .contains("held up\n  " + dropped + "  pending: no agent announces it")
                .contains("skein rollout skip " + rollout.id() + " --database " + dropped);
        rollout.verb("skip", "{ databases: [ " + dropped + " ] }");
        assertThat(Rollout.counts(rollout.awaitCompleted()))
                .isEqualTo(Map.of("applied", 1, "skipped", 1));
    }

    @Test
    void schemasOfOneDatabaseAreTenantsOfTheirOwn() {
        Tenant shared = skein.unannounced("shared");
        for (String schema : List.of("t_a", "t_b", "t_c", "other")) {
            shared.execute(
                    "create schema " + schema + "; create table " + schema + ".item (n int)");
        }
        skein.startOrchestrator();
        skein.startAgent(
                """
                databases:
                  - database: %s
                    schemas: select nspname as name from pg_namespace where nspname like 't\\_%%'
                """
                        .formatted(shared.database()));
        skein.awaitDatabases(3);
        Migrations files = skein.migrations();
        files.file("V1__price.sql", "alter table item add price int;");
        files.file("U1__price.sql", "alter table item drop price;");
        files.file("V2__by_n.sql", "create index concurrently item_by_n on item (n);");
        files.file("U2__by_n.sql", "drop index concurrently item_by_n;");

        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.ALL);
        rollout.awaitCompleted();

        assertThat(columns(shared))
                .isEqualTo("other.n t_a.n t_a.price t_b.n t_b.price t_c.n t_c.price");
        assertThat(shared.text(INDEXES)).isEqualTo("t_a t_b t_c");
        for (String schema : List.of("t_a", "t_b", "t_c")) {
            FlywayHand hand = new FlywayHand(shared, files).inSchema(schema);
            assertThat(hand.states()).containsExactly("1 Success", "2 Success");
            assertThat(hand.migrate()).isZero();
        }

        rollout.verb("rollback", "{ databases: [ %s/t_b ] }".formatted(shared));
        rollout.await(
                "one rolled back",
                each -> Rollout.counts(each).equals(Map.of("applied", 2, "rolled-back", 1)));
        assertThat(columns(shared)).isEqualTo("other.n t_a.n t_a.price t_b.n t_c.n t_c.price");
        assertThat(shared.text(INDEXES)).isEqualTo("t_a t_c");
    }

    @Test
    void whileTheAgentIsGoneItsDatabasesWaitAndSayWhy() {
        Tenant begun = skein.tenant("a1");
        Tenant waiting = skein.tenant("a2");
        skein.start();
        Rollout rollout = skein.open(plan(), "{ waves: [{ name: all, max-in-flight: 1 }] }");
        List<Tenant> both = List.of(begun, waiting);
        Tenant running =
                Until.reached(
                                "one at the gate",
                                () -> both.stream().filter(each -> each.isAtGate(GATE)).toList(),
                                there -> there.size() == 1)
                        .get(0);
        Tenant other = running.equals(begun) ? waiting : begun;

        skein.stopAgent();

        JsonNode unreachable = rollout.awaitState(running, "unreachable");
        assertThat(unreachable.path("reason").asText()).contains("agent eu-1");
        assertThat(skein.client().get("/agents").at("/items/0/reachable").asBoolean()).isFalse();
        assertThat(skein.client().get("/databases/" + other).path("reachable").asBoolean())
                .isFalse();
        assertThat(rollout.state(other)).isEqualTo("pending");
        both.forEach(each -> each.openGate(GATE));
        assertThat(other.hasLedger()).isFalse();

        skein.startAgent("");

        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
        assertThat(both).extracting(Tenant::applied).containsOnly("0001 0002 0003");
    }

    @Test
    void aRolloutOpenedWhileTheAgentIsGoneBeginsWhenItIsBack() {
        Tenant tenant = skein.tenant("a1");
        tenant.openGate(GATE);
        skein.start();
        skein.stopAgent();

        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);

        rollout.awaitTarget(
                tenant,
                "says who is missing",
                each -> each.path("reason").asText().contains("agent eu-1"));
        assertThat(rollout.state(tenant)).isEqualTo("pending");
        skein.startAgent("");
        rollout.awaitCompleted();
    }

    @Test
    void twoAgentsWithOneDatabaseDoNoHarm() {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        skein.startSecondAgent("eu-2");
        Until.reached(
                "the second agent's claim is contested",
                () -> agent("eu-2"),
                agent -> agent.path("contested").size() == 1);

        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        tenant.awaitAtGate(GATE);
        assertThat(rollout.target(tenant).path("agent").asText()).isEqualTo("eu-1");
        tenant.openGate(GATE);

        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEqualTo("0001 0002 0003");
    }

    private JsonNode agent(String name) {
        return StreamSupport.stream(
                        skein.client().get("/agents").path("items").spliterator(), false)
                .filter(each -> each.path("agent").asText().equals(name))
                .findFirst()
                .orElse(YamlText.tree(""));
    }

    private void startWithQuery(int databases) {
        skein.startOrchestrator();
        skein.startAgent(
                """
                databases:
                  - query: select datname as name from pg_database where datname like '%s\\_%%'
                """
                        .formatted(skein.run()));
        skein.awaitDatabases(databases);
    }

    private static String columns(Tenant shared) {
        return shared.text(
                "select string_agg(table_schema || '.' || column_name, ' ' order by table_schema,"
                    + " column_name) from information_schema.columns where table_name = 'item'");
    }

    private Plan plan() {
        return skein.migrations()
                .sql("0001_phone", "alter table customer add phone text;", "")
                .sql("0002_gate", "select pass_gate('" + GATE + "');", "")
                .sql("0003_city", "alter table customer add city text;", "")
                .plan();
    }
}
