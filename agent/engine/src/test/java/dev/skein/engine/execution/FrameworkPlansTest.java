package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the frameworks see differently in one and the same history. */
final class FrameworkPlansTest {
    private static Migration migration(String name, String... parents) {
        return new Migration(
                MigrationKind.VERSIONED,
                name,
                name,
                name,
                Optional.of("sum of " + name),
                List.of(new ScriptStep("select 1")),
                Optional.empty(),
                Optional.of(List.of(parents)),
                Optional.of(List.of("other sum of " + name)),
                Optional.empty());
    }

    private static Plan plan(Framework framework, Migration... migrations) {
        return new Plan(framework, Optional.empty(), List.of(migrations));
    }

    private static Plan ruled(GapRule rule, Plan plan) {
        return new Plan(
                plan.framework(),
                Optional.empty(),
                plan.migrations(),
                Optional.of(rule),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static VersionHistory history(String... names) {
        List<VersionHistory.Applied> applied = new ArrayList<>();
        for (String name : names) {
            applied.add(
                    new VersionHistory.Applied(
                            name, Optional.of(name), Optional.of("sum of " + name)));
        }
        return new VersionHistory(applied, List.of(), Optional.empty());
    }

    private static ExecutionPlan apply(Plan plan, VersionHistory history) {
        return ApplyPlanner.of(
                plan,
                ExecutionScript.order(OrderKind.APPLY, 2, 3),
                new Survey(1, 0, List.of(), Optional.of(history)));
    }

    private static String code(ExecutionPlan executionPlan) {
        return ((Refusal.Mismatch) executionPlan.refusal().orElseThrow()).code();
    }

    private static List<String> keys(ExecutionPlan executionPlan) {
        return executionPlan.plannedSteps().stream().map(step -> step.ref().migration()).toList();
    }

    @Test
    void gapIsRefusedWhereTheFrameworkWouldNotSeeIt() {
        for (Framework framework : List.of(Framework.SQL, Framework.FLYWAY)) {
            Plan plan = plan(framework, migration("1"), migration("2"));
            assertThat(code(apply(plan, history("2")))).isEqualTo("out-of-order");
            assertThat(keys(apply(ruled(GapRule.FILLED, plan), history("2")))).containsExactly("1");
        }
    }

    @Test
    void gapIsFilledWhereTheFrameworkFillsIt() {
        for (Framework framework : List.of(Framework.ALEMBIC, Framework.PRISMA, Framework.KNEX)) {
            Plan plan = plan(framework, migration("1"), migration("2"));
            assertThat(keys(apply(plan, history("2")))).containsExactly("1");
            assertThat(code(apply(ruled(GapRule.REFUSED, plan), history("2"))))
                    .isEqualTo("out-of-order");
        }
    }

    @Test
    void anythingUnknownIsTooMuchForAlembicAndKnex() {
        for (Framework framework : List.of(Framework.ALEMBIC, Framework.KNEX)) {
            assertThat(code(apply(plan(framework, migration("2")), history("1"))))
                    .isEqualTo("unknown-version");
        }
    }

    @Test
    void whatIsOlderThanThePlanIsThePastForPrisma() {
        // given
        Plan plan = plan(Framework.PRISMA, migration("2026_b"));
        // then
        assertThat(keys(apply(plan, history("2025_z")))).containsExactly("2026_b");
        assertThat(code(apply(plan, history("2026_c")))).isEqualTo("unknown-version");
    }

    /** Flyway warns and goes on; what is missing below is as out of order as ever. */
    @Test
    void whatIsNewerThanThePlanIsLeftAloneByFlywayOnly() {
        for (Framework framework : Framework.values()) {
            Optional<String> refused =
                    apply(plan(framework, migration("1")), history("1", "2"))
                            .refusal()
                            .map(refusal -> ((Refusal.Mismatch) refusal).code());
            assertThat(refused)
                    .as(framework.label())
                    .isEqualTo(
                            framework == Framework.FLYWAY
                                    ? Optional.empty()
                                    : Optional.of("unknown-version"));
        }
        Plan plan = plan(Framework.FLYWAY, migration("1"), migration("2"));
        assertThat(code(apply(plan, history("1", "3")))).isEqualTo("out-of-order");
    }

    @Test
    void whatThePlanLeavesOutMayBeInTheDatabaseOrNot() {
        // given
        Plan whole = plan(Framework.FLYWAY, migration("1"), migration("3"));
        Plan plan =
                new Plan(
                        whole.framework(),
                        Optional.empty(),
                        whole.migrations(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of("2")));
        // then
        assertThat(code(apply(whole, history("1", "2")))).isEqualTo("unknown-version");
        assertThat(apply(plan, history("1", "2")).refusal()).isEmpty();
        assertThat(keys(apply(plan, history("1", "2")))).containsExactly("3");
        assertThat(keys(apply(plan, history("1")))).containsExactly("3");
        assertThat(apply(plan, history("1", "3")).refusal()).isEmpty();
        assertThat(apply(plan, history("1", "2", "3")).refusal()).isEmpty();
    }

    @Test
    void textUnderAnEquivalentChecksumIsUnchanged() {
        // given
        Plan plan = plan(Framework.PRISMA, migration("1"));
        VersionHistory equivalent = recorded("other sum of 1");
        // then
        assertThat(apply(plan, equivalent).refusal()).isEmpty();
        assertThat(code(apply(plan, recorded("sum of 2")))).isEqualTo("checksum-mismatch");
    }

    @Test
    void refusalsNameTheWayOutWhereTheFrameworkHasOne() {
        // given
        String wayOut = "; if that is on purpose, build the plan with --leave-out ";
        // then
        for (Framework framework : List.of(Framework.PRISMA, Framework.FLYWAY, Framework.KNEX)) {
            Plan plan = plan(framework, migration("0"), migration("2"));
            assertThat(message(apply(plan, history("0", "1")))).contains(wayOut + "1, which takes");
        }
        Plan changed = plan(Framework.PRISMA, migration("1"));
        assertThat(message(apply(changed, recorded("sum of 2")))).contains(wayOut + "1, which");
        Plan sql = plan(Framework.SQL, migration("0"), migration("2"));
        assertThat(message(apply(sql, history("0", "1")))).doesNotContain("--leave-out");
    }

    private static String message(ExecutionPlan executionPlan) {
        return ((Refusal.Mismatch) executionPlan.refusal().orElseThrow()).message();
    }

    private static VersionHistory recorded(String checksum) {
        return new VersionHistory(
                List.of(new VersionHistory.Applied("1", Optional.of("1"), Optional.of(checksum))),
                List.of(),
                Optional.empty());
    }

    @Test
    void databaseReadsTheLastNameInThePlansOrder() {
        // given: as text 10_b comes before 9_a
        Plan plan = plan(Framework.KNEX, migration("10_b.js"), migration("9_a.js"));
        // when
        ExecutionPlan executionPlan = apply(plan, history("9_a.js", "10_b.js"));
        // then
        assertThat(executionPlan.versionNow()).contains("9_a.js");
    }

    @Test
    void databaseReadsAllItsHeads() {
        // given
        Plan plan =
                plan(
                        Framework.ALEMBIC,
                        migration("root"),
                        migration("y", "root"),
                        migration("x", "root"));
        // when
        ExecutionPlan executionPlan = apply(plan, history("root", "y"));
        // then
        assertThat(executionPlan.versionNow()).contains("y");
        assertThat(executionPlan.versionAfter()).contains("x,y");
    }

    @Test
    void failedRowNamesTheVerbThatMendsIt() {
        // given
        VersionHistory failed = new VersionHistory(List.of(), List.of("1"), Optional.empty());
        // when
        ExecutionPlan executionPlan = apply(plan(Framework.PRISMA, migration("1")), failed);
        // then
        assertThat(executionPlan.refusal())
                .contains(
                        new Refusal.Mismatch(
                                "failed-row",
                                "the version table says that migration 1 failed or is not finished,"
                                    + " and it was not Skein that ran it; see what it left behind"
                                    + " and take that back by hand, then 'skein database repair "
                                        + ExecutionScript.order(OrderKind.APPLY, 2, 3).database()
                                        + "' mends the table"));
    }

    @Test
    void headThatThePlanDoesNotKnowMayStandOnWhatTheRolloutApplied() {
        // given: Alembic's table has nothing but the newest revision
        OrderIssued order = ExecutionScript.order(OrderKind.ROLLBACK, 2, 3);
        StepRef step = new StepRef("a", 0, Direction.UP);
        LedgerRow ours =
                new LedgerRow(
                        1,
                        1,
                        order.rollout(),
                        LedgerKind.DONE,
                        Optional.of(step),
                        true,
                        Optional.empty());
        Survey survey = new Survey(1, 0, List.of(ours), Optional.of(history("b")));
        // when
        ExecutionPlan executionPlan =
                RollbackPlanner.of(plan(Framework.ALEMBIC, migration("a")), order, survey);
        // then
        assertThat(executionPlan.refusal())
                .contains(
                        new Refusal.NoWayBack(
                                "a",
                                "migration b was applied after it by somebody else than Skein and"
                                        + " has to be taken back first"));
    }
}
