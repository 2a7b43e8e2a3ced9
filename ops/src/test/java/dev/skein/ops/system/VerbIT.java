package dev.skein.ops.system;

import static dev.skein.ops.system.SkeinSystem.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person may say to a rollout beside pause and rollback: retry, skip, abort. */
class VerbIT {
    private static final String GATE = "middle";
    private static final String SAME_EMAIL = "update customer set email = 'same' where id < 3";
    private static final String OWN_EMAIL = "update customer set email = 'own' || id";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void aRetryAfterTheMendingGoesOnByItself() {
        List<Tenant> tenants = tenants("a1", "a2");
        Tenant odd = tenants.get(0);
        odd.execute(SAME_EMAIL);
        skein.start();
        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        rollout.awaitPaused("failure-budget");
        rollout.verb("retry");
        JsonNode again = rollout.awaitPaused("failure-budget");
        assertThat(again.at("/pause/number").asInt()).isEqualTo(2);
        assertThat(odd.applied()).isEqualTo("0001");

        odd.execute(OWN_EMAIL);
        rollout.verb("retry", "{ by: ada, databases: [ " + odd + " ] }");

        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
        assertThat(tenants).extracting(Tenant::applied).containsOnly("0001 0002 0003");
        assertThatThrownBy(() -> rollout.verb("retry")).hasMessageContaining("[nothing-to-retry]");
    }

    @Test
    void aRetryDoesNotLiftAPersonsPause() {
        Tenant odd = skein.tenant("odd");
        Tenant slow = skein.tenant("slow");
        odd.openGate(GATE);
        odd.execute("alter table customer add city int");
        skein.start();
        Rollout rollout =
                skein.open(planWithGate(), "{ " + RolloutStrategies.ALL + ", failure-budget: 1 }");
        rollout.awaitState(odd, "failed");
        slow.awaitAtGate(GATE);
        rollout.verb("pause", "{ by: ada }");
        slow.openGate(GATE);
        rollout.awaitPaused("operator");
        odd.execute("alter table customer drop city");

        JsonNode retried = rollout.verb("retry");

        assertThat(retried.path("message").asText())
                .isEqualTo(
                        "1 database will be ordered once more; the rollout stays paused by ada:"
                                + " resume it");
        rollout.awaitPaused("operator");
        assertThat(odd.applied()).isEqualTo("0001 0002");
        rollout.verb("resume");
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
    }

    @Test
    void whatWasTakenBackIsAppliedAgainOnlyWhereItIsNamed() {
        List<Tenant> tenants = tenants("a1", "a2");
        skein.start();
        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        rollout.awaitCompleted();
        Map<String, String> after = each(tenants, Tenant::schema);
        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        assertThatThrownBy(() -> rollout.verb("retry")).hasMessageContaining("[nothing-to-retry]");

        rollout.verb("retry", "{ databases: " + tenants + " }");

        rollout.awaitCompleted();
        assertThat(each(tenants, Tenant::schema)).isEqualTo(after);
    }

    @Test
    void aFailedDatabaseThatIsLeftOutLetsTheOthersGoOn() {
        List<Tenant> first = tenants("a1", "a2");
        List<Tenant> second = tenants("b1", "b2");
        first.get(0).execute(SAME_EMAIL);
        skein.start();
        Rollout rollout =
                skein.open(
                        plan(),
                        "waves: [{ name: early, databases: %s }, { name: late }]".formatted(first));
        rollout.awaitPaused("failure-budget");

        rollout.verb("skip", "{ databases: [ " + first.get(0) + " ], reason: later }");
        rollout.verb("skip", "{ databases: [ " + second.get(0) + " ], reason: sold, by: ada }");
        rollout.verb("resume");

        assertThat(Rollout.counts(rollout.awaitCompleted()))
                .isEqualTo(Map.of("applied", 2, "skipped", 2));
        assertThat(first.get(0).applied()).isEqualTo("0001");
        assertThat(second.get(0).hasLedger()).isFalse();
        assertThat(rollout.reason(second.get(0))).isEqualTo("skipped by ada: sold");
    }

    @Test
    void whatRunsCannotBeLeftOut() {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        Rollout rollout = skein.open(planWithGate(), RolloutStrategies.ALL);
        tenant.awaitAtGate(GATE);

        assertThatThrownBy(() -> rollout.verb("skip", "{ databases: [ " + tenant + " ] }"))
                .hasMessageContaining(tenant.id())
                .hasMessageContaining("[not-skippable]");
        tenant.openGate(GATE);
        rollout.awaitCompleted();
    }

    @Test
    void anAbortStopsAfterTheStepThatRunsAndLeavesWhatIsDone() {
        List<Tenant> tenants = Stream.of("a1", "a2", "a3", "a4").map(skein::tenant).toList();
        skein.start();
        Map<String, String> before = each(tenants, Tenant::schema);
        Rollout rollout =
                skein.open(planWithGate(), "{ " + RolloutStrategies.ALL + ", max-in-flight: 2 }");
        List<Tenant> running =
                Until.reached(
                        "two at the gate",
                        () -> tenants.stream().filter(each -> each.isAtGate(GATE)).toList(),
                        there -> there.size() == 2);

        rollout.verb("abort", "{ by: ada, reason: wrong plan }");

        rollout.awaitPhase("aborting");
        tenants.forEach(tenant -> tenant.openGate(GATE));
        assertThat(Rollout.counts(rollout.awaitPhase("aborted"))).isEqualTo(Map.of("pending", 4));
        assertThat(running).extracting(Tenant::applied).containsOnly("0001 0002");
        assertThat(tenants).filteredOn(Tenant::hasLedger).hasSize(2);
        assertThat(running).allMatch(each -> rollout.reason(each).startsWith("stopped by"));
        assertThatThrownBy(() -> rollout.verb("resume")).hasMessageContaining("[rollout-closed]");

        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        assertThat(each(tenants, Tenant::schema)).isEqualTo(before);
    }

    @Test
    void aRetryOpensAnAbortedRolloutAgainWithAllThatIsLeft() {
        List<Tenant> tenants = tenants("a1", "a2");
        skein.start();
        Rollout rollout =
                skein.open(planWithGate(), "{ " + RolloutStrategies.ALL + ", max-in-flight: 1 }");
        Tenant first =
                Until.reached(
                                "one at the gate",
                                () -> tenants.stream().filter(each -> each.isAtGate(GATE)).toList(),
                                there -> there.size() == 1)
                        .get(0);
        rollout.verb("abort");
        tenants.forEach(tenant -> tenant.openGate(GATE));
        rollout.awaitPhase("aborted");

        rollout.verb("retry", "{ databases: [ " + first + " ] }");

        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
        assertThat(tenants).extracting(Tenant::applied).containsOnly("0001 0002 0003");
    }

    private List<Tenant> tenants(String... names) {
        return Stream.of(names).map(skein::tenant).toList();
    }

    private Plan plan() {
        return skein.migrations().phoneEmailCity().plan();
    }

    private Plan planWithGate() {
        return skein.migrations()
                .sql(
                        "0001_phone",
                        "alter table customer add phone text;",
                        "alter table customer drop phone;")
                .sql("0002_gate", "select pass_gate('" + GATE + "');", "select 1;")
                .sql(
                        "0003_city",
                        "alter table customer add city text;",
                        "alter table customer drop city;")
                .plan();
    }
}
