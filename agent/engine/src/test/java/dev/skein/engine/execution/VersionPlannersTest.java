package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.RepeatablePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders to a version, rollbacks with terms, and what both leave. Rollout r-1 has the order. */
final class VersionPlannersTest {
    private final List<LedgerRow> rows = new ArrayList<>();

    private static Migration migration(String version, int down) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "m" + version,
                "V" + version + ".sql",
                Optional.of("c" + version),
                steps(1),
                down < 0 ? Optional.empty() : Optional.of(steps(down)));
    }

    private static List<Step> steps(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new ScriptStep("select " + i));
        }
        return steps;
    }

    private static Migration revision(String key, String... parents) {
        return new Migration(
                MigrationKind.VERSIONED,
                key,
                "m" + key,
                key + ".py",
                Optional.empty(),
                steps(1),
                Optional.of(steps(1)),
                Optional.of(List.of(parents)),
                Optional.empty(),
                Optional.empty());
    }

    private static Plan sql(Migration... migrations) {
        return new Plan(Framework.SQL, Optional.empty(), List.of(migrations));
    }

    private static Plan flyway(Migration... migrations) {
        return new Plan(Framework.FLYWAY, Optional.empty(), List.of(migrations));
    }

    private VersionPlannersTest row(
            String rollout, String key, int step, Direction direction, boolean completes) {
        rows.add(
                new LedgerRow(
                        rows.size() + 1L,
                        1,
                        new RolloutId(rollout),
                        LedgerKind.DONE,
                        Optional.of(new StepRef(key, step, direction)),
                        completes,
                        Optional.of("c" + key)));
        return this;
    }

    private VersionPlannersTest up(String rollout, String key) {
        return row(rollout, key, 0, Direction.UP, true);
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

    private Survey survey(String... versions) {
        return new Survey(
                1,
                rows.size(),
                rows,
                versions.length == 0 ? Optional.empty() : Optional.of(history(versions)));
    }

    private static OrderIssued order(OrderKind kind, RollbackTerms terms) {
        return ExecutionScript.order(kind, 2, 3).with(terms);
    }

    private ExecutionPlan move(Plan plan, String to, String... history) {
        OrderIssued order = order(OrderKind.MOVE, RollbackTerms.to(to));
        return MovePlanner.of(plan, order, survey(history));
    }

    private ExecutionPlan backTo(Plan plan, String to, String... history) {
        OrderIssued order = order(OrderKind.ROLLBACK_TO, RollbackTerms.to(to));
        return RollbackPlanner.of(plan, order, survey(history));
    }

    private ExecutionPlan back(Plan plan, RollbackTerms terms) {
        return RollbackPlanner.of(plan, order(OrderKind.ROLLBACK, terms), survey());
    }

    private static List<String> steps(ExecutionPlan executionPlan) {
        assertThat(executionPlan.refusal()).isEmpty();
        return executionPlan.plannedSteps().stream()
                .map(step -> step.ref().direction().label() + " " + step.ref().migration())
                .toList();
    }

    private static RollbackRemainder remainder(ExecutionPlan executionPlan) {
        return executionPlan.remainder().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"MOVE", "ROLLBACK_TO"})
    void textThatThePlanDoesNotHaveIsNotUndoneByIt(OrderKind kind) {
        VersionHistory edited =
                new VersionHistory(
                        List.of(
                                history("1").applied().get(0),
                                new VersionHistory.Applied(
                                        "2", Optional.of("2"), Optional.of("other"))),
                        List.of(),
                        Optional.empty());
        Survey survey = new Survey(1, 0, List.of(), Optional.of(edited));
        OrderIssued order = order(kind, RollbackTerms.to("1"));
        Plan plan = flyway(migration("1", 1), migration("2", 1));
        ExecutionPlan executionPlan =
                kind == OrderKind.MOVE
                        ? MovePlanner.of(plan, order, survey)
                        : RollbackPlanner.of(plan, order, survey);
        assertThat(executionPlan.refusal())
                .get()
                .isInstanceOfSatisfying(
                        Refusal.Mismatch.class,
                        each -> assertThat(each.code()).isEqualTo("checksum-mismatch"));
    }

    @Test
    void moveGoesBackOverWhatAnybodyApplied() {
        up("r-0", "1").up("r-7", "2");
        Plan plan = flyway(migration("1", 1), migration("2", 1), migration("3", 1));
        ExecutionPlan executionPlan = move(plan, "1", "1", "2", "3");
        assertThat(steps(executionPlan)).containsExactly("down 3", "down 2");
        assertThat(executionPlan.versionAfter()).contains("1");
    }

    @Test
    void moveGoesForwardAndNotFurther() {
        Plan plan = flyway(migration("1", 1), migration("2", 1), migration("3", 1));
        ExecutionPlan executionPlan = move(plan, "2", "1");
        assertThat(steps(executionPlan)).containsExactly("up 2");
        assertThat(executionPlan.versionAfter()).contains("2");
    }

    @Test
    void moveFillsAGapBehindWhatItUndoes() {
        Plan plan = flyway(migration("1", 1), migration("2", 1), migration("3", 1));
        assertThat(steps(move(plan, "2", "1", "3"))).containsExactly("down 3", "up 2");
    }

    @Test
    void moveToNothingUndoesAll() {
        up("r-0", "1").up("r-0", "2");
        ExecutionPlan executionPlan = move(sql(migration("1", 1), migration("2", 1)), "none");
        assertThat(steps(executionPlan)).containsExactly("down 2", "down 1");
        assertThat(executionPlan.versionAfter()).isEmpty();
    }

    @Test
    void moveIsRefusedWhereThePlanDoesNotKnowWhatIsAbove() {
        Plan plan = flyway(migration("1", 1), migration("2", 1));
        Refusal refusal = move(plan, "1", "1", "2", "3").refusal().orElseThrow();
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        Refusal.Mismatch.class,
                        each -> assertThat(each.code()).isEqualTo("unknown-version"));
    }

    @Test
    void inAGraphAnotherBranchStays() {
        Plan plan =
                new Plan(
                        Framework.ALEMBIC,
                        Optional.empty(),
                        List.of(
                                revision("a"),
                                revision("b", "a"),
                                revision("c", "b"),
                                revision("x", "a")));
        assertThat(steps(move(plan, "b", "a", "b", "c", "x"))).containsExactly("down c");
        assertThat(steps(move(plan, "c", "a", "x"))).containsExactly("up b", "up c");
    }

    @Test
    void halfUndoneMigrationOfSomebodyElseIsUndoneToItsEnd() {
        row("r-1", "2", 0, Direction.DOWN, false);
        Plan plan = flyway(migration("1", 1), migration("2", 2));
        ExecutionPlan executionPlan = backTo(plan, "1", "1");
        assertThat(steps(executionPlan)).containsExactly("down 2");
        assertThat(executionPlan.plannedSteps().get(0).ref().index()).isEqualTo(1);
    }

    @Test
    void rollbackToAVersionThatTheDatabaseHasNotReachedUndoesNothing() {
        Plan plan = flyway(migration("1", 1), migration("2", 1));
        RollbackRemainder remainder = remainder(backTo(plan, "2", "1"));
        assertThat(remainder.nothingUndone()).isTrue();
        assertThat(remainder.reason()).isEqualTo("nothing is applied above version 2");
    }

    @Test
    void rollbackThatFindsNothingOfItsRolloutNamesWhoAppliedWhatIsThere() {
        up("r-0", "1").up("r-7", "2");
        Plan plan = sql(migration("1", 1), migration("2", 1));
        ExecutionPlan executionPlan = back(plan, RollbackTerms.strict());
        assertThat(steps(executionPlan)).isEmpty();
        assertThat(remainder(executionPlan).nothingUndone()).isTrue();
        assertThat(remainder(executionPlan).appliedBy())
                .containsExactly(new RolloutId("r-0"), new RolloutId("r-7"));
        assertThat(remainder(executionPlan).reason())
                .contains(
                        "was applied by rollout r-0, rollout r-7; roll these back, the newest"
                                + " first");
    }

    @Test
    void rollbackThatAnEarlierOrderFinishedIsOne() {
        up("r-1", "1").row("r-1", "1", 0, Direction.DOWN, true);
        assertThat(back(sql(migration("1", 1)), RollbackTerms.strict()).remainder()).isEmpty();
    }

    @Test
    void rollbackAsFarAsPossibleStopsBeforeWhatCannotBeUndone() {
        up("r-1", "1").up("r-1", "2").up("r-1", "3");
        Plan plan = sql(migration("1", 1), migration("2", -1), migration("3", 1));
        RollbackTerms terms =
                new RollbackTerms(Optional.empty(), true, List.of(), Optional.empty(), List.of());
        ExecutionPlan executionPlan = back(plan, terms);
        assertThat(steps(executionPlan)).containsExactly("down 3");
        assertThat(executionPlan.versionAfter()).contains("2");
        assertThat(remainder(executionPlan).left()).containsExactly("1", "2");
        assertThat(remainder(executionPlan).nothingUndone()).isFalse();
    }

    @Test
    void rollbackAsFarAsPossibleIsRefusedWhereItCannotBegin() {
        up("r-1", "1").up("r-1", "2");
        Plan plan = sql(migration("1", 1), migration("2", -1));
        RollbackTerms terms =
                new RollbackTerms(Optional.empty(), true, List.of(), Optional.empty(), List.of());
        assertThat(back(plan, terms).refusal())
                .get()
                .isInstanceOfSatisfying(
                        Refusal.NoWayBack.class,
                        each -> assertThat(each.migration()).isEqualTo("2"));
    }

    @Test
    void acceptedMigrationWithoutADownIsPassedOverAndNamed() {
        up("r-1", "1").up("r-1", "2").up("r-1", "3");
        Plan plan = sql(migration("1", 1), migration("2", -1), migration("3", 1));
        ExecutionPlan executionPlan = back(plan, RollbackTerms.strict().accepting(List.of("2")));
        assertThat(steps(executionPlan)).containsExactly("down 3", "down 2", "down 1");
        assertThat(executionPlan.plannedSteps().get(1).step()).isEqualTo(new ScriptStep(""));
        assertThat(remainder(executionPlan).left()).containsExactly("2");
        assertThat(remainder(executionPlan).reason()).contains("what migration 2 made stays");
    }

    private static Migration views(String checksum) {
        return new Migration(
                MigrationKind.REPEATABLE,
                "",
                "views",
                "R__views.sql",
                Optional.of(checksum),
                List.of(new ScriptStep("-- " + checksum)),
                Optional.empty());
    }

    private VersionPlannersTest ran(String rollout, String checksum) {
        rows.add(
                new LedgerRow(
                        rows.size() + 1L,
                        1,
                        new RolloutId(rollout),
                        LedgerKind.DONE,
                        Optional.of(new StepRef("R:views", 0, Direction.UP)),
                        true,
                        Optional.of(checksum)));
        return this;
    }

    private ExecutionPlan restore(Plan plan, Plan... earlier) {
        RollbackTerms terms = RollbackTerms.strict().with(RepeatablePolicy.RESTORE, List.of());
        return RollbackPlanner.of(
                plan, List.of(earlier), order(OrderKind.ROLLBACK, terms), survey());
    }

    @Test
    void repeatableMigrationIsRunAgainAsItWasBeforeAheadOfTheDowns() {
        up("r-0", "1").ran("r-0", "old").up("r-1", "2").ran("r-1", "new");
        ExecutionPlan executionPlan =
                restore(
                        flyway(migration("1", 1), migration("2", 1), views("new")),
                        flyway(migration("1", 1), views("old")));
        assertThat(steps(executionPlan)).containsExactly("up R:views", "down 2");
        assertThat(executionPlan.plannedSteps().get(0).step()).isEqualTo(new ScriptStep("-- old"));
        assertThat(executionPlan.plannedSteps().get(0).checksum()).contains("old");
        assertThat(executionPlan.remainder()).isEmpty();
    }

    @Test
    void repeatableMigrationIsRestoredOnce() {
        ran("r-0", "old").ran("r-1", "new").ran("r-1", "old");
        ExecutionPlan executionPlan =
                restore(
                        flyway(migration("1", 1), views("new")),
                        flyway(migration("1", 1), views("old")));
        assertThat(steps(executionPlan)).isEmpty();
    }

    @Test
    void repeatableMigrationOfWhichNobodyHasTheEarlierTextStaysAndIsNamed() {
        ran("r-0", "older").up("r-1", "1").ran("r-1", "new");
        ExecutionPlan executionPlan =
                restore(flyway(migration("1", 1), views("new")), flyway(views("old")));
        assertThat(steps(executionPlan)).containsExactly("down 1");
        assertThat(remainder(executionPlan).left()).containsExactly("R:views");
        assertThat(remainder(executionPlan).nothingUndone()).isFalse();
    }

    @Test
    void repeatableMigrationDoesNotMakeADatabaseIrreversible() {
        up("r-1", "1").ran("r-1", "new");
        ExecutionPlan executionPlan =
                back(flyway(migration("1", 1), views("new")), RollbackTerms.strict());
        assertThat(steps(executionPlan)).containsExactly("down 1");
        assertThat(remainder(executionPlan).left()).containsExactly("R:views");
    }
}
