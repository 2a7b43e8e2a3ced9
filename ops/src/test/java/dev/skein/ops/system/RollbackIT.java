package dev.skein.ops.system;

import static dev.skein.ops.system.SkeinSystem.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P5: back is as safe as forward. */
class RollbackIT {
    private static final String GATE = "middle";
    private static final String SAME_EMAIL =
            "update customer set email = 'customer1@example.com' where id = 2";

    private static final String INDEXES_UP =
            """
            -- skein: transaction=none
            create index concurrently customer_city on customer (city);
            create unique index concurrently customer_email on customer (email);
            create index concurrently customer_phone on customer (phone);
            """;

    /** One step down for each step up, the other way round. */
    private static final String INDEXES_DOWN =
            """
            -- skein: transaction=none
            drop index concurrently if exists customer_phone;
            drop index concurrently if exists customer_email;
            drop index concurrently if exists customer_city;
            """;

    /** One step down for all steps up. */
    private static final String INDEXES_DOWN_AT_ONCE =
            """
            drop index if exists customer_phone;
            drop index if exists customer_email;
            drop index if exists customer_city;
            """;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @ParameterizedTest
    @ValueSource(strings = {INDEXES_DOWN, INDEXES_DOWN_AT_ONCE})
    void p5FromAMixedStateEveryTouchedDatabaseGetsItsSchemaBack(String indexesDown) {
        Tenant applied = tenant("applied");
        Tenant failedInAStatement = tenant("statement");
        Tenant failedInAScript = tenant("script");
        Tenant halfWay = skein.tenant("half");
        Tenant neverStarted = skein.tenant("never");
        failedInAStatement.execute(SAME_EMAIL);
        failedInAScript.execute("create table invoice (id int)");
        skein.start();
        List<Tenant> early = List.of(applied, failedInAStatement, failedInAScript, halfWay);
        List<Tenant> all = new ArrayList<>(early);
        all.add(neverStarted);
        Map<String, String> before = each(all, Tenant::schema);
        Rollout rollout =
                skein.open(
                        plan(indexesDown),
                        """
                        waves: [{ name: early, databases: %s }, { name: late }]
                        on-failure: continue
                        """
                                .formatted(early));
        rollout.awaitState(applied, "applied");
        rollout.awaitState(failedInAScript, "failed");
        assertThat(rollout.awaitState(failedInAStatement, "failed").at("/failure/message").asText())
                .contains("customer_email");
        assertThat(failedInAStatement.schema())
                .contains("INDEX customer_city")
                .doesNotContain("customer_email");
        assertThat(failedInAScript.applied()).isEqualTo("0001 0002");
        halfWay.awaitAtGate(GATE);
        rollout.verb("pause");
        halfWay.openGate(GATE);
        rollout.awaitPaused("operator");
        assertThat(halfWay.applied()).isEqualTo("0001 0002");

        rollout.verb("rollback", "{ all: true, by: ada, reason: enough }");

        JsonNode back = rollout.awaitPhase("rolled-back");
        assertThat(Rollout.counts(back)).isEqualTo(Map.of("rolled-back", 4, "skipped", 1));
        assertThat(each(all, Tenant::schema)).isEqualTo(before);
        assertThat(rollout.reason(neverStarted)).isEqualTo("rolled back before it started");
        assertThat(neverStarted.hasLedger()).isFalse();
    }

    @Test
    void p5ACompletedRolloutGoesBackAndForwardAgain() {
        List<Tenant> all = List.of(tenant("a1"), tenant("a2"), tenant("a3"));
        skein.start();
        Map<String, String> before = each(all, Tenant::schema);
        Rollout rollout = skein.open(plan(INDEXES_DOWN), RolloutStrategies.ALL);
        rollout.awaitCompleted();
        Map<String, String> after = each(all, Tenant::schema);

        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");

        assertThat(each(all, Tenant::schema)).isEqualTo(before);
        assertThat(version(all.get(0))).isEqualTo("none");
        Rollout again = skein.open(plan(INDEXES_DOWN), RolloutStrategies.ALL);
        again.awaitCompleted();
        assertThat(each(all, Tenant::schema)).isEqualTo(after);
    }

    @Test
    void p5OneDatabaseThenAWaveThenTheRestIsTakenBack() {
        List<Tenant> early = List.of(tenant("a1"), tenant("a2"));
        List<Tenant> late = List.of(tenant("b1"), tenant("b2"));
        List<Tenant> all = new ArrayList<>(early);
        all.addAll(late);
        skein.start();
        Map<String, String> before = each(all, Tenant::schema);
        Rollout rollout =
                skein.open(
                        plan(INDEXES_DOWN),
                        "waves: [{ name: early, databases: %s }, { name: late }]".formatted(early));
        rollout.awaitCompleted();
        String after = early.get(0).schema();

        rollout.verb("rollback", "{ databases: [ %s ] }".formatted(early.get(1)));
        rollout.awaitState(early.get(1), "rolled-back");
        rollout.awaitCompleted();
        assertThat(Rollout.counts(rollout.show()))
                .isEqualTo(Map.of("applied", 3, "rolled-back", 1));
        assertThat(early.get(1).schema()).isEqualTo(before.get(early.get(1).id()));
        assertThat(early.get(0).schema()).isEqualTo(after);

        rollout.verb("rollback", "{ wave: late }");
        rollout.awaitState(late.get(0), "rolled-back");
        rollout.awaitState(late.get(1), "rolled-back");
        rollout.awaitCompleted();
        assertThat(rollout.state(early.get(0))).isEqualTo("applied");

        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        assertThat(each(all, Tenant::schema)).isEqualTo(before);
        assertThatThrownBy(() -> rollout.verb("rollback", "{ all: true }"))
                .hasMessageContaining("[nothing-to-roll-back]");
    }

    @Test
    void p5WithoutAWayBackNothingIsRun() {
        Tenant tenant = tenant("a1");
        skein.start();
        Plan plan =
                skein.migrations()
                        .sql("0001_phone", "alter table customer add phone text;", "select 1;")
                        .file("0002_city.up.sql", "alter table customer add city text;")
                        .sql(
                                "0003_age",
                                "alter table customer add age int;",
                                "alter table customer drop age;")
                        .plan();
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitCompleted();
        String after = tenant.schema();

        assertThatThrownBy(() -> rollout.verb("rollback", "{ all: true }"))
                .hasMessageContaining("0002_city.up.sql has no down; nothing was ordered")
                .hasMessageContaining("[irreversible]");

        assertThat(rollout.show().path("phase").asText()).isEqualTo("completed");
        assertThat(tenant.schema()).isEqualTo(after);
        assertThat(tenant.ledger()).doesNotContain("down");

        rollout.verb("rollback", "{ all: true, asFarAsPossible: true }");
        rollout.awaitPhase("rolled-back");
        assertThat(rollout.reason(tenant)).contains("migrations 0001, 0002 stay as they are");
        assertThat(version(tenant)).isEqualTo("0002");
        assertThat(tenant.schema()).contains("phone", "city").doesNotContain("age integer");
    }

    @Test
    void p10WhatAPersonAcceptsAsIrreversibleIsPassedOverAndNamed() {
        Tenant tenant = tenant("a1");
        skein.start();
        Plan plan =
                skein.migrations()
                        .sql(
                                "0001_phone",
                                "alter table customer add phone text;",
                                "alter table customer drop phone;")
                        .file("0002_city.up.sql", "alter table customer add city text;")
                        .plan();
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitCompleted();

        rollout.verb("rollback", "{ all: true, acceptIrreversible: [ 0002_city.up.sql ] }");

        rollout.awaitPhase("rolled-back");
        assertThat(rollout.reason(tenant)).contains("what migration 0002 made stays");
        assertThat(version(tenant)).isEqualTo("none");
        assertThat(tenant.schema()).contains("city").doesNotContain("phone");
    }

    @Test
    void p10ARollbackThatFindsNothingOfItsOwnSaysWhoseItIs() {
        Tenant tenant = tenant("a1");
        skein.start();
        Plan plan = plan(INDEXES_DOWN);
        Rollout first = skein.open(plan, RolloutStrategies.ALL);
        first.awaitCompleted();
        String after = tenant.schema();
        Rollout again = skein.open(plan, RolloutStrategies.ALL);
        again.awaitCompleted();

        again.verb("rollback", "{ all: true }");

        again.awaitState(tenant, "nothing-to-undo");
        JsonNode ended = again.awaitPhase("completed");
        assertThat(Rollout.counts(ended)).isEqualTo(Map.of("nothing-to-undo", 1));
        assertThat(ended.path("detail").asText()).contains("0 rolled back, 1 with nothing to undo");
        assertThat(again.reason(tenant)).contains("applied by rollout " + first.id());
        assertThat(tenant.schema()).isEqualTo(after);

        // It changed nothing, so it does not stand in the way of the one that did.
        first.verb("rollback", "{ all: true }");
        first.awaitPhase("rolled-back");
        assertThat(version(tenant)).isEqualTo("none");
    }

    @Test
    void p5AFleetGoesToAVersionWhoeverAppliedWhatIsThere() {
        Tenant ahead = tenant("a1");
        Tenant behind = tenant("a2");
        skein.start();
        Migrations migrations = skein.migrations();
        for (int version = 1; version <= 3; version++) {
            migrations.sql(
                    "000" + version + "_c" + version,
                    "alter table customer add c" + version + " int;",
                    "alter table customer drop c" + version + ";");
        }
        Plan plan = migrations.plan();
        skein.open(plan, "waves: [{ name: one, databases: [ %s ] }]".formatted(ahead))
                .awaitCompleted();

        Rollout move = skein.openTo(plan, RolloutStrategies.ALL, "0002");
        move.awaitCompleted();
        assertThat(told(move, "--all", "--to", "none"))
                .containsExactly("runs: down 0002_c2.up.sql 1, down 0001_c1.up.sql 1");

        assertThat(version(ahead)).isEqualTo("0002");
        assertThat(version(behind)).isEqualTo("0002");
        assertThat(ahead.schema()).isEqualTo(behind.schema());
        assertThat(move.reason(ahead)).startsWith("at version 0002, as was asked");

        move.verb("rollback", "{ all: true, to: none }");
        move.awaitPhase("rolled-back");
        assertThat(version(ahead)).isEqualTo("none");
        assertThat(ahead.schema()).doesNotContain("c1", "c2", "c3");
        assertThat(behind.schema()).isEqualTo(ahead.schema());
    }

    @Test
    void p5WhatAFailedWayBackLeavesIsFinishedByARetry() {
        Tenant tenant = tenant("a1");
        skein.start();
        String before = tenant.schema();
        Rollout rollout = skein.open(plan(INDEXES_DOWN), RolloutStrategies.ALL);
        rollout.awaitCompleted();
        tenant.execute("create view everybody as select city from customer");

        rollout.verb("rollback", "{ all: true }");
        rollout.awaitState(tenant, "rollback-failed");
        rollout.awaitPaused("failure-budget");
        assertThat(rollout.reason(tenant)).contains("cannot drop column city");
        tenant.execute("drop view everybody");
        rollout.verb("retry");

        rollout.awaitPhase("rolled-back");
        assertThat(tenant.schema()).isEqualTo(before);
    }

    @Test
    void p5ARolloutUnderALaterOneIsNotTakenBack() {
        Tenant tenant = tenant("a1");
        skein.start();
        String before = tenant.schema();
        Migrations migrations = skein.migrations();
        migrations.sql(
                "0001_phone",
                "alter table customer add phone text;",
                "alter table customer drop phone;");
        Rollout lower = skein.open(migrations.plan(), RolloutStrategies.ALL);
        lower.awaitCompleted();
        migrations.sql(
                "0002_city",
                "alter table customer add city text;",
                "alter table customer drop city;");
        Rollout upper = skein.open(migrations.plan(), RolloutStrategies.ALL);
        upper.awaitCompleted();
        String after = tenant.schema();

        assertThatThrownBy(() -> lower.verb("rollback", "{ all: true }"))
                .hasMessageContaining(tenant.id())
                .hasMessageContaining("[database-moved-on]");
        assertThat(tenant.schema()).isEqualTo(after);

        upper.verb("rollback", "{ all: true }");
        upper.awaitPhase("rolled-back");
        lower.verb("rollback", "{ all: true }");
        lower.awaitPhase("rolled-back");
        assertThat(tenant.schema()).isEqualTo(before);
    }

    /** What a dry run tells of each group; it is refused where the verb is. */
    private List<String> told(Rollout rollout, String... scope) {
        List<String> words = new ArrayList<>(List.of("rollout", "rollback", rollout.id()));
        words.addAll(List.of(scope));
        words.addAll(List.of("--dry-run", "-o", "json"));
        String out = skein.said(words.toArray(String[]::new)).done().out();
        JsonNode told = Json.parse(out.getBytes(StandardCharsets.UTF_8), "dry run");
        List<String> groups = new ArrayList<>();
        for (JsonNode group : told.path("groups")) {
            List<String> moves = new ArrayList<>();
            for (JsonNode each : group.path("migrations")) {
                moves.add(
                        each.path("direction").asText()
                                + " "
                                + each.path("script").asText()
                                + " "
                                + each.path("steps").asInt());
            }
            groups.add(group.path("outcome").asText() + ": " + String.join(", ", moves));
        }
        return groups;
    }

    private String version(Tenant tenant) {
        return skein.client().get("/databases/" + tenant).path("version").asText("none");
    }

    private Tenant tenant(String name) {
        Tenant tenant = skein.tenant(name);
        tenant.openGate(GATE);
        return tenant;
    }

    /** Seven steps; the third migration and the second step of the fourth may fail. */
    private Plan plan(String indexesDown) {
        return skein.migrations()
                .sql(
                        "0001_phone",
                        "alter table customer add phone text;",
                        "alter table customer drop phone;")
                .sql(
                        "0002_city",
                        "alter table customer add city text; create type mood as enum ('fine');"
                                + " select pass_gate('"
                                + GATE
                                + "');",
                        "drop type mood; alter table customer drop city;")
                .sql(
                        "0003_invoice",
                        "create table invoice (id int primary key, customer int references"
                                + " customer); insert into invoice select id, id from customer;",
                        "drop table invoice;")
                .sql("0004_indexes", INDEXES_UP, indexesDown)
                .sql(
                        "0005_view",
                        "create view customers_of_cities as select id from customer where city is"
                                + " not null;",
                        "drop view customers_of_cities;")
                .plan();
    }
}
