package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HookPlannerTest {
    private static final long EPOCH = 5;
    private static final OrderIssued ORDER = ExecutionScript.order(OrderKind.APPLY, EPOCH, 3);
    private static final Plan PLAN =
            new Plan(
                    Framework.FLYWAY,
                    Optional.empty(),
                    List.of(migration("1"), migration("2")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                            new Hooks(
                                    List.of(hook("beforeMigrate"), hook("beforeEach")),
                                    List.of(hook("afterMigrate"), hook("beforeEach")))),
                    Optional.empty());

    private final List<LedgerRow> rows = new ArrayList<>();
    private final List<VersionHistory.Applied> applied = new ArrayList<>();

    private static Migration migration(String version) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "m",
                "m.sql",
                Optional.empty(),
                List.of(new ScriptStep("select 1")),
                Optional.empty());
    }

    private static Hooks.Hook hook(String name) {
        return new Hooks.Hook(name, new ScriptStep("select 2"));
    }

    private void done(long epoch, String name, int index, Direction direction) {
        rows.add(
                new LedgerRow(
                        rows.size() + 1L,
                        epoch,
                        new RolloutId("r-1"),
                        LedgerKind.DONE,
                        Optional.of(new StepRef(name, index, direction)),
                        true,
                        Optional.empty()));
        if (direction == Direction.UP) {
            applied.add(new VersionHistory.Applied(name, Optional.of(name), Optional.empty()));
        }
    }

    private List<String> refs() {
        VersionHistory history = new VersionHistory(applied, List.of(), Optional.empty());
        Survey survey = new Survey(EPOCH, rows.size(), rows, Optional.of(history));
        return ApplyPlanner.of(PLAN, ORDER, survey).plannedSteps().stream()
                .map(step -> step.ref().direction().label() + " " + step.ref().migration())
                .toList();
    }

    @Test
    void hooksStandAroundTheMigrations() {
        assertThat(refs())
                .containsExactly(
                        "hook beforeMigrate",
                        "hook beforeEach",
                        "up 1",
                        "up 2",
                        "hook afterMigrate",
                        "hook beforeEach");
    }

    @Test
    void whereNothingIsToBeAppliedNoHookRuns() {
        // given
        done(3, "1", 0, Direction.UP);
        done(3, "2", 0, Direction.UP);
        // then
        assertThat(refs()).isEmpty();
    }

    @Test
    void everyOrderRunsThemAnew() {
        // given
        done(3, "beforeMigrate", 0, Direction.HOOK);
        done(3, "beforeEach", 1, Direction.HOOK);
        done(3, "1", 0, Direction.UP);
        done(3, "afterMigrate", 2, Direction.HOOK);
        // then
        assertThat(refs())
                .containsExactly(
                        "hook beforeMigrate",
                        "hook beforeEach",
                        "up 2",
                        "hook afterMigrate",
                        "hook beforeEach");
    }

    @Test
    void orderThatGoesOnRunsEachOnce() {
        // given
        done(EPOCH, "beforeMigrate", 0, Direction.HOOK);
        done(EPOCH, "beforeEach", 1, Direction.HOOK);
        done(EPOCH, "1", 0, Direction.UP);
        // then
        assertThat(refs()).containsExactly("up 2", "hook afterMigrate", "hook beforeEach");
    }

    @Test
    void orderInterruptedBehindItsLastMigrationStillRunsWhatComesAfter() {
        // given
        done(EPOCH, "1", 0, Direction.UP);
        done(EPOCH, "2", 0, Direction.UP);
        done(EPOCH, "afterMigrate", 2, Direction.HOOK);
        // then
        assertThat(refs()).containsExactly("hook beforeEach");
    }

    @Test
    void hooksAreNoMigrationsToRollBack() {
        // given
        done(3, "beforeMigrate", 0, Direction.HOOK);
        Survey survey = new Survey(EPOCH, 1, rows, Optional.empty());
        // when
        ExecutionPlan executionPlan =
                RollbackPlanner.of(
                        PLAN, ExecutionScript.order(OrderKind.ROLLBACK, EPOCH, 3), survey);
        // then
        assertThat(executionPlan.plannedSteps()).isEmpty();
        assertThat(executionPlan.refusal()).isEmpty();
    }
}
