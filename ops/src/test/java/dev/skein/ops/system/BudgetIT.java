package dev.skein.ops.system;

import static dev.skein.ops.system.SkeinSystem.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P4: the blast radius is bounded by budgets and gates. */
class BudgetIT {
    private static final String GATE = "middle";
    private static final String SAME_EMAIL =
            "update customer set email = 'customer1@example.com' where id = 2";

    /** How a database of the wave that failed may end: its order may not have begun by then. */
    private static final Set<String> TAKEN_BACK =
            Set.of("rolled-back", "nothing-to-undo", "skipped");

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void p4AFailureAboveTheBudgetStopsTheNextWave() {
        List<Tenant> first = tenants("a1", "a2");
        List<Tenant> second = tenants("b1", "b2");
        first.get(0).execute(SAME_EMAIL);
        skein.start();

        Rollout rollout = skein.open(plan(), waves(first, second) + "on-failure: pause");

        JsonNode paused = rollout.awaitPaused("failure-budget");
        assertThat(paused.at("/pause/reason").asText())
                .isEqualTo("wave first: 1 of 2 databases failed, 0 allowed");
        assertThat(paused.at("/failures/0/reason").asText()).contains("customer_email");
        assertThat(Rollout.wave(paused, "second").path("phase").asText()).isEqualTo("waiting");
        assertThat(second).extracting(rollout::state).containsOnly("pending");
        assertThat(second).noneMatch(Tenant::hasLedger);
        assertThatThrownBy(() -> rollout.verb("resume")).hasMessageContaining("[budget-exceeded]");
        assertThat(second).noneMatch(Tenant::hasLedger);
    }

    @Test
    void p4FailuresWithinTheBudgetLetTheNextWaveStart() {
        List<Tenant> first = tenants("a1", "a2");
        List<Tenant> second = tenants("b1", "b2");
        first.get(0).execute(SAME_EMAIL);
        skein.start();

        Rollout rollout = skein.open(plan(), waves(first, second) + "failure-budget: 1");

        assertThat(Rollout.counts(rollout.awaitCompleted()))
                .isEqualTo(Map.of("applied", 3, "failed", 1));
    }

    @ParameterizedTest
    @CsvSource({"50%, 2, completed", "49%, 2, paused", "25%, 1, completed", "24%, 1, paused"})
    void p4APercentageOfTheWaveIsRoundedDown(String budget, int failing, String phase) {
        List<Tenant> tenants = tenants("a1", "a2", "a3", "a4");
        tenants.stream().limit(failing).forEach(each -> each.execute(SAME_EMAIL));
        skein.start();

        Rollout rollout =
                skein.open(plan(), "{ waves: [{ name: all }], failure-budget: " + budget + " }");

        rollout.awaitPhase(phase);
        tenants.stream().limit(failing).forEach(each -> rollout.awaitState(each, "failed"));
    }

    @Test
    void p4OnFailureContinueGoesOnToTheNextWave() {
        List<Tenant> first = tenants("a1", "a2");
        List<Tenant> second = tenants("b1", "b2");
        first.get(0).execute(SAME_EMAIL);
        second.get(0).execute(SAME_EMAIL);
        skein.start();

        Rollout rollout = skein.open(plan(), waves(first, second) + "on-failure: continue");

        assertThat(Rollout.counts(rollout.awaitCompleted()))
                .isEqualTo(Map.of("applied", 2, "failed", 2));
    }

    @Test
    void p4OnFailureRollbackWaveTakesThatWaveBackAndWaitsForAPerson() {
        List<Tenant> first = tenants("a1");
        List<Tenant> second = tenants("b1", "b2", "b3");
        List<Tenant> third = tenants("c1");
        second.get(1).execute(SAME_EMAIL);
        skein.start();
        Map<String, String> before = each(second, Tenant::schema);

        Rollout rollout =
                skein.open(plan(), waves(first, second, third) + "on-failure: rollback-wave");

        rollout.awaitPaused("rollback");
        assertThat(first).extracting(rollout::state).containsOnly("applied");
        assertThat(rollout.state(second.get(1))).isEqualTo("rolled-back");
        assertThat(second).extracting(rollout::state).allMatch(TAKEN_BACK::contains);
        assertThat(third).extracting(rollout::state).containsOnly("pending");
        assertThat(each(second, Tenant::schema)).isEqualTo(before);
        assertThat(third).noneMatch(Tenant::hasLedger);
    }

    @Test
    void p4OnFailureRollbackRolloutTakesEverythingBack() {
        List<Tenant> first = tenants("a1");
        List<Tenant> second = tenants("b1", "b2", "b3");
        List<Tenant> third = tenants("c1");
        second.get(1).execute(SAME_EMAIL);
        skein.start();
        List<Tenant> touched = new ArrayList<>(first);
        touched.addAll(second);
        Map<String, String> before = each(touched, Tenant::schema);

        Rollout rollout =
                skein.open(plan(), waves(first, second, third) + "on-failure: rollback-rollout");

        rollout.awaitPhase("rolled-back");
        assertThat(first).extracting(rollout::state).containsOnly("rolled-back");
        assertThat(second).extracting(rollout::state).allMatch(TAKEN_BACK::contains);
        assertThat(third).extracting(rollout::state).containsOnly("skipped");
        assertThat(each(touched, Tenant::schema)).isEqualTo(before);
        assertThat(third).noneMatch(Tenant::hasLedger);
    }

    @Test
    void p4ADatabaseNotDoneByTheDeadlineCountsAsFailedUntilItIs() {
        List<Tenant> first = tenants("a1", "a2");
        List<Tenant> second = tenants("b1");
        first.get(1).openGate(GATE);
        second.get(0).openGate(GATE);
        skein.start();
        Rollout rollout = skein.open(planWithGate(), waves(first, second) + "deadline: 500ms");

        JsonNode overdue = rollout.await("overdue", each -> phaseIs(each, "paused"));

        assertThat(overdue.at("/pause/reason").asText())
                .isEqualTo(
                        "wave first: 0 of 2 databases failed and 1 not done by the deadline, 0"
                                + " allowed");
        assertThat(Rollout.wave(overdue, "first").path("overdue").asBoolean()).isTrue();
        assertThat(second).noneMatch(Tenant::hasLedger);
        first.get(0).openGate(GATE);
        rollout.awaitPhase("paused");
        rollout.verb("resume");
        rollout.awaitCompleted();
    }

    @Test
    void p4ASoakHoldsTheNextWaveUntilItIsPromoted() {
        List<Tenant> first = tenants("a1");
        List<Tenant> second = tenants("b1");
        List<Tenant> third = tenants("c1");
        skein.start();
        Rollout rollout =
                skein.open(
                        plan(),
                        """
                        waves:
                          - { name: first, databases: %s, soak: 1h }
                          - { name: second, databases: %s, soak: 300ms }
                          - { name: third, databases: %s, soak: 1h }
                        """
                                .formatted(first, second, third));

        JsonNode soaking = rollout.awaitPhase("soaking");

        assertThat(Rollout.wave(soaking, "first").has("soakUntil")).isTrue();
        assertThat(second).noneMatch(Tenant::hasLedger);
        rollout.verb("promote", "{ by: ada }");
        rollout.awaitCompleted();
        assertThatThrownBy(() -> rollout.verb("promote")).hasMessageContaining("[rollout-closed]");
    }

    @Test
    void p4AnApprovalIsForTheDigestThatThePersonSaw() {
        List<Tenant> first = tenants("a1");
        List<Tenant> second = tenants("b1");
        skein.start();
        Rollout rollout =
                skein.open(
                        plan(),
                        """
                        waves:
                          - { name: first, databases: %s, approval: required }
                          - { name: second, databases: %s }
                        """
                                .formatted(first, second));
        String digest = rollout.awaitPhase("awaiting-approval").path("digest").asText();

        assertThatThrownBy(() -> rollout.verb("approve", "{ digest: " + "0".repeat(64) + " }"))
                .hasMessageContaining(digest)
                .hasMessageContaining("[digest-mismatch]");
        assertThat(second).noneMatch(Tenant::hasLedger);

        rollout.verb("approve", "{ by: ada, digest: " + digest + " }");

        JsonNode completed = rollout.awaitCompleted();
        assertThat(Rollout.wave(completed, "first").path("approvedBy").asText()).isEqualTo("ada");
        assertThatThrownBy(() -> rollout.verb("approve")).hasMessageContaining("[rollout-closed]");
    }

    private List<Tenant> tenants(String... names) {
        return Stream.of(names).map(skein::tenant).toList();
    }

    /** Waves of these databases, in a strategy to which a line may be added. */
    @SafeVarargs
    private static String waves(List<Tenant>... waves) {
        List<String> names = List.of("first", "second", "third");
        StringBuilder text = new StringBuilder("waves:\n");
        for (int i = 0; i < waves.length; i++) {
            text.append("  - { name: %s, databases: %s }\n".formatted(names.get(i), waves[i]));
        }
        return text.toString();
    }

    private static boolean phaseIs(JsonNode rollout, String phase) {
        return rollout.path("phase").asText().equals(phase);
    }

    private Plan plan() {
        return migrations().plan();
    }

    private Plan planWithGate() {
        return migrations().sql("0004_gate", "select pass_gate('" + GATE + "');", "").plan();
    }

    /** The second cannot be applied where two customers have one address. */
    private Migrations migrations() {
        return skein.migrations().phoneEmailCity();
    }
}
