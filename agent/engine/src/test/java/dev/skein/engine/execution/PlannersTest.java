package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.framework.VersionOrder;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlannersTest {
    private final List<LedgerRow> rows = new ArrayList<>();

    private static Migration migration(String version, int up, int down) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "m" + version,
                "V" + version + ".sql",
                Optional.of("c" + version),
                steps(up),
                down < 0 ? Optional.empty() : Optional.of(steps(down)));
    }

    private static List<Step> steps(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new ScriptStep("select " + i));
        }
        return steps;
    }

    private static Plan plan(Migration... migrations) {
        return new Plan(Framework.SQL, Optional.empty(), List.of(migrations));
    }

    private PlannersTest row(
            String rollout,
            LedgerKind kind,
            String key,
            int step,
            Direction direction,
            boolean completes) {
        rows.add(
                new LedgerRow(
                        rows.size() + 1L,
                        1,
                        new RolloutId(rollout),
                        kind,
                        Optional.of(new StepRef(key, step, direction)),
                        completes,
                        Optional.of("c" + key)));
        return this;
    }

    private PlannersTest up(String rollout, String key, int step, boolean completes) {
        return row(rollout, LedgerKind.DONE, key, step, Direction.UP, completes);
    }

    private PlannersTest down(String rollout, String key, int step, boolean completes) {
        return row(rollout, LedgerKind.DONE, key, step, Direction.DOWN, completes);
    }

    private ExecutionPlan apply(Plan plan) {
        return ApplyPlanner.of(
                plan, ExecutionScript.order(OrderKind.APPLY, 2, 3), survey(Optional.empty()));
    }

    private ExecutionPlan apply(Plan plan, VersionHistory history) {
        return ApplyPlanner.of(
                plan, ExecutionScript.order(OrderKind.APPLY, 2, 3), survey(Optional.of(history)));
    }

    private ExecutionPlan rollBack(Plan plan) {
        return RollbackPlanner.of(
                plan, ExecutionScript.order(OrderKind.ROLLBACK, 2, 3), survey(Optional.empty()));
    }

    private Survey survey(Optional<VersionHistory> history) {
        return new Survey(1, rows.size(), rows, history);
    }

    private static List<String> refs(ExecutionPlan executionPlan) {
        return executionPlan.plannedSteps().stream()
                .map(step -> step.ref().migration() + "." + step.ref().index())
                .toList();
    }

    private static String code(ExecutionPlan executionPlan) {
        return ((Refusal.Mismatch) executionPlan.refusal().orElseThrow()).code();
    }

    private static VersionHistory history(String... versions) {
        List<VersionHistory.Applied> applied = new ArrayList<>();
        for (String version : versions) {
            applied.add(
                    new VersionHistory.Applied(
                            version, Optional.of(version), Optional.of("c" + version)));
        }
        return new VersionHistory(applied, List.of(), Optional.empty());
    }

    @Test
    void halfDoneMigrationGoesOnBehindItsLastStep() {
        // given
        up("r-0", "1", 0, false);
        // when
        ExecutionPlan executionPlan = apply(plan(migration("1", 3, -1), migration("2", 1, -1)));
        // then
        assertThat(refs(executionPlan)).containsExactly("1.1", "1.2", "2.0");
        assertThat(executionPlan.stepsBefore()).isEqualTo(1);
    }

    @Test
    void migrationTakenBackHalfWayIsAppliedFromThere() {
        // given
        up("r-1", "1", 0, false).up("r-1", "1", 1, true).down("r-1", "1", 0, false);
        // when
        ExecutionPlan executionPlan = apply(plan(migration("1", 2, 2)));
        // then
        assertThat(refs(executionPlan)).containsExactly("1.1");
    }

    @Test
    void migrationTakenBackHalfWayBySomethingElseThanItsMirrorIsRefused() {
        // given
        up("r-1", "1", 0, true).down("r-1", "1", 0, false);
        // when
        ExecutionPlan executionPlan = apply(plan(migration("1", 1, 2)));
        // then
        assertThat(code(executionPlan)).isEqualTo("half-reverted");
    }

    @Test
    void versionBetweenAndAboveIsRefusedForTheOneBetween() {
        assertThat(
                        code(
                                apply(
                                        plan(migration("1", 1, -1), migration("4", 1, -1)),
                                        history("1", "3", "5"))))
                .isEqualTo("unknown-version");
    }

    @Test
    void versionBetweenThosesOfThePlanThatItDoesNotKnowIsRefused() {
        assertThat(
                        code(
                                apply(
                                        plan(migration("1", 1, -1), migration("3", 1, -1)),
                                        history("1", "2"))))
                .isEqualTo("unknown-version");
    }

    @Test
    void versionsBelowThePlansFirstAreThePast() {
        assertThat(refs(apply(plan(migration("5", 1, -1)), history("1", "2"))))
                .containsExactly("5.0");
    }

    @Test
    void pendingMigrationBelowAnAppliedOneIsRefused() {
        assertThat(code(apply(plan(migration("1", 1, -1), migration("2", 1, -1)), history("2"))))
                .isEqualTo("out-of-order");
    }

    @Test
    void migrationsUpToTheBaselineAreNotRun() {
        // given
        VersionHistory history = new VersionHistory(List.of(), List.of(), Optional.of("2"));
        // when
        ExecutionPlan executionPlan =
                apply(
                        plan(migration("1", 1, -1), migration("2", 1, -1), migration("10", 1, -1)),
                        history);
        // then
        assertThat(refs(executionPlan)).containsExactly("10.0");
        assertThat(executionPlan.versionNow()).contains("2");
    }

    @Test
    void changedTextOfAHalfDoneMigrationIsRefused() {
        // given
        row("r-1", LedgerKind.DONE, "1", 0, Direction.UP, false);
        Migration changed =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "m1",
                        "V1.sql",
                        Optional.of("other"),
                        steps(2),
                        Optional.empty());
        // then
        assertThat(code(apply(plan(changed)))).isEqualTo("checksum-mismatch");
    }

    @Test
    void versionTableOutweighsTheLedger() {
        // given: somebody took the migration out of the framework's version table
        up("r-1", "1", 0, true);
        // then
        assertThat(refs(apply(plan(migration("1", 1, -1)), history()))).containsExactly("1.0");
    }

    @Test
    void rollbackTakesTheRolloutsMigrationsNewestFirst() {
        // given
        up("r-0", "1", 0, true).up("r-1", "2", 0, true).up("r-1", "3", 0, true);
        // when
        ExecutionPlan executionPlan =
                rollBack(plan(migration("1", 1, 1), migration("2", 1, 1), migration("3", 1, 1)));
        // then
        assertThat(refs(executionPlan)).containsExactly("3.0", "2.0");
        assertThat(executionPlan.versionAfter()).contains("1");
    }

    @Test
    void halfDoneMigrationIsMirroredStepByStep() {
        // given
        up("r-1", "1", 0, false).up("r-1", "1", 1, false);
        // then
        assertThat(refs(rollBack(plan(migration("1", 3, 3))))).containsExactly("1.1", "1.2");
    }

    @Test
    void halfDoneMigrationWithoutMirrorIsTakenBackWholly() {
        // given
        up("r-1", "1", 0, false).up("r-1", "1", 1, false);
        // then
        assertThat(refs(rollBack(plan(migration("1", 3, 2))))).containsExactly("1.0", "1.1");
    }

    @Test
    void interruptedRollbackGoesOnBehindItsLastStep() {
        // given
        up("r-1", "1", 0, false).up("r-1", "1", 1, true).down("r-1", "1", 0, false);
        // then
        assertThat(refs(rollBack(plan(migration("1", 2, 2))))).containsExactly("1.1");
    }

    @Test
    void whatIsTakenBackIsNoLongerTheRollouts() {
        // given
        up("r-1", "1", 0, true).down("r-1", "1", 0, true);
        // then
        assertThat(rollBack(plan(migration("1", 1, 1))).plannedSteps()).isEmpty();
    }

    /** Steps up that are statements: whether an interrupted one took effect is to be asked. */
    private static Migration statements(int up, int down) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < up; i++) {
            Probe probe = new Probe.IndexCreated(Optional.empty(), "t", "i" + i);
            steps.add(new StatementStep(List.of(), "create index i" + i, probe));
        }
        return new Migration(
                MigrationKind.VERSIONED,
                "1",
                "m1",
                "V1.sql",
                Optional.of("c1"),
                steps,
                Optional.of(steps(down)));
    }

    @Test
    void interruptedStepUpIsAskedAboutOnceAndTheOthersAreTakenBack() {
        // given: the third step up was interrupted; two of three steps down are done
        up("r-1", "1", 0, false).up("r-1", "1", 1, false);
        row("r-1", LedgerKind.STARTED, "1", 2, Direction.UP, true);
        down("r-1", "1", 0, false).down("r-1", "1", 1, false);
        // when
        PlannedStep left = rollBack(plan(statements(3, 3))).plannedSteps().get(0);
        // then
        assertThat(left.ref().index()).isEqualTo(2);
        assertThat(left.interruptedUp()).isEmpty();
    }

    @Test
    void failedStepDownKeepsTheDoubtAboutTheStepUp() {
        // given
        row("r-1", LedgerKind.STARTED, "1", 0, Direction.UP, false);
        row("r-1", LedgerKind.STARTED, "1", 1, Direction.DOWN, true);
        row("r-1", LedgerKind.RETRIED, "1", 1, Direction.DOWN, true);
        Plan plan = plan(statements(2, 2));
        // then
        assertThat(refs(rollBack(plan))).containsExactly("1.1");
        assertThat(rollBack(plan).plannedSteps().get(0).interruptedUp()).isPresent();
        assertThat(refs(apply(plan))).containsExactly("1.0", "1.1");
        assertThat(apply(plan).plannedSteps().get(0).uncertain()).isTrue();
    }

    @Test
    void interruptedStepUpThatLeftNothingDoesNotExcuseTheOthers() {
        // given
        up("r-1", "1", 0, false).row("r-1", LedgerKind.STARTED, "1", 1, Direction.UP, true);
        // then
        assertThat(rollBack(plan(statements(2, 1))).plannedSteps().get(0).undoScope())
                .isEqualTo(PlannedStep.UndoScope.SEVERAL_STEPS);
        assertThat(rollBack(plan(statements(2, 2))).plannedSteps().get(0).undoScope())
                .isEqualTo(PlannedStep.UndoScope.ONE_STEP);
    }

    @Test
    void onlyStepUpThatLeftNothingExcusesTheWholeWayBack() {
        // given
        row("r-1", LedgerKind.STARTED, "1", 0, Direction.UP, true);
        // then
        assertThat(rollBack(plan(statements(1, 2))).plannedSteps().get(0).undoScope())
                .isEqualTo(PlannedStep.UndoScope.WHOLE_MIGRATION);
    }

    @Test
    void failureLeavesTheVersionTableWithTheMigrationsLastStepDown() {
        // given
        up("r-1", "1", 0, false).row("r-1", LedgerKind.STARTED, "1", 1, Direction.UP, true);
        row("r-1", LedgerKind.ENDED, "1", 1, Direction.UP, true);
        VersionHistory history = new VersionHistory(List.of(), List.of("1"), Optional.empty());
        // when
        ExecutionPlan executionPlan =
                RollbackPlanner.of(
                        plan(statements(2, 3)),
                        ExecutionScript.order(OrderKind.ROLLBACK, 2, 3),
                        survey(Optional.of(history)));
        // then
        assertThat(executionPlan.plannedSteps().get(2).changes())
                .extracting(VersionChange::kind)
                .containsExactly(VersionChange.Kind.ABANDONED);
        assertThat(executionPlan.closing()).isEmpty();
    }

    @Test
    void migrationTriedInVainBeforeIsNewerThanWhatCameInSince() {
        // given: the first apply got no further than 2, and 1 was taken back and applied again
        up("r-1", "1", 0, true).row("r-1", LedgerKind.STARTED, "2", 0, Direction.UP, true);
        row("r-1", LedgerKind.ENDED, "2", 0, Direction.UP, true).down("r-1", "1", 0, true);
        up("r-1", "1", 0, true).up("r-1", "2", 0, true);
        // when
        ExecutionPlan executionPlan = rollBack(plan(migration("1", 1, 1), migration("2", 1, 1)));
        // then
        assertThat(refs(executionPlan)).containsExactly("2.0", "1.0");
    }

    @Test
    void stepsDownOfTheSameOrderCountAsDone() {
        // given
        up("r-1", "1", 0, true).up("r-1", "2", 0, true).down("r-1", "2", 0, true);
        Plan plan = plan(migration("1", 1, 1), migration("2", 1, 1));
        // then
        assertThat(rollBackOf(1, plan).stepsBefore()).isEqualTo(1);
        assertThat(rollBackOf(2, plan).stepsBefore()).isZero();
    }

    private ExecutionPlan rollBackOf(long epoch, Plan plan) {
        return RollbackPlanner.of(
                plan,
                ExecutionScript.order(OrderKind.ROLLBACK, epoch, 3),
                survey(Optional.empty()));
    }

    @Test
    void oneMigrationWithoutWayBackStopsTheWholeRollback() {
        // given
        up("r-1", "1", 0, true).up("r-1", "2", 0, true);
        // when
        ExecutionPlan executionPlan = rollBack(plan(migration("1", 1, -1), migration("2", 1, 1)));
        // then
        assertThat(executionPlan.refusal())
                .contains(new Refusal.NoWayBack("1", "V1.sql has no script to take it back"));
    }

    @Test
    void versionsAreComparedPartByPartAsNumbers() {
        assertThat(VersionOrder.INSTANCE.compare("1.10", "1.9")).isPositive();
        assertThat(VersionOrder.INSTANCE.compare("1", "1.0")).isZero();
        assertThat(VersionOrder.INSTANCE.compare("001", "2")).isNegative();
        assertThat(VersionOrder.INSTANCE.compare("20260101120000", "20260101120001")).isNegative();
    }

    @Test
    void waitsDoubleFromATenthOfASecondToTenSeconds() {
        assertThat(RetryPolicy.BACKOFF.after(1, 1)).hasMillis(100);
        assertThat(RetryPolicy.BACKOFF.after(1, 0)).hasMillis(50);
        assertThat(RetryPolicy.BACKOFF.after(4, 1)).hasMillis(800);
        assertThat(RetryPolicy.BACKOFF.after(1000, 1)).hasMillis(10_000);
    }
}
