package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BaselinePlanTest {
    private static final Plan PLAN =
            new Plan(
                    Framework.FLYWAY,
                    Optional.empty(),
                    List.of(
                            migration(MigrationKind.VERSIONED, "1"),
                            migration(MigrationKind.VERSIONED, "2"),
                            migration(MigrationKind.BASELINE, "2"),
                            migration(MigrationKind.VERSIONED, "9"),
                            migration(MigrationKind.VERSIONED, "10"),
                            migration(MigrationKind.BASELINE, "9"),
                            migration(MigrationKind.REPEATABLE, "")));

    private static Migration migration(MigrationKind kind, String version) {
        return new Migration(
                kind,
                version,
                "m",
                "m.sql",
                Optional.of("c"),
                List.of(new ScriptStep("select 1"), new ScriptStep("select 2")),
                Optional.empty());
    }

    private static VersionHistory.Applied applied(String key, String version) {
        return new VersionHistory.Applied(key, Optional.of(version), Optional.of("c"));
    }

    private static List<String> steps(
            List<LedgerRow> rows, Optional<String> marked, VersionHistory.Applied... applied) {
        VersionHistory history = new VersionHistory(List.of(applied), List.of(), marked);
        ExecutionPlan executionPlan =
                ApplyPlanner.of(
                        PLAN,
                        ExecutionScript.order(OrderKind.APPLY, 5, 3),
                        new Survey(4, rows.size(), rows, Optional.of(history)));
        assertThat(executionPlan.refusal()).isEmpty();
        return executionPlan.plannedSteps().stream()
                .map(step -> step.ref().migration() + "." + step.ref().index())
                .toList();
    }

    @Test
    void emptyDatabaseBeginsWithTheHighestBaseline() {
        assertThat(steps(List.of(), Optional.empty()))
                .containsExactly("B:9.0", "B:9.1", "10.0", "10.1", "R:m.0", "R:m.1");
    }

    @Test
    void databaseWithAMigrationSkipsBaselines() {
        assertThat(steps(List.of(), Optional.empty(), applied("1", "1")))
                .containsExactly("2.0", "2.1", "9.0", "9.1", "10.0", "10.1", "R:m.0", "R:m.1");
    }

    @Test
    void appliedBaselineStandsForWhatIsNotAboveIt() {
        assertThat(steps(List.of(), Optional.empty(), applied("B:2", "2")))
                .containsExactly("9.0", "9.1", "10.0", "10.1", "R:m.0", "R:m.1");
    }

    @Test
    void versionThatAPersonMarkedLeavesNoRoomForABaseline() {
        assertThat(steps(List.of(), Optional.of("2")))
                .containsExactly("9.0", "9.1", "10.0", "10.1", "R:m.0", "R:m.1");
    }

    @Test
    void databaseBelowABaselineThatThePlanDoesNotLeadUpToIsRefused() {
        // given
        Plan squashed = PLAN.withMigrations(PLAN.migrations().subList(3, 7));
        Plan gap = squashed.withMigrations(squashed.migrations().subList(1, 4));
        // then
        assertThat(refusal(gap, Optional.empty(), applied("1", "1"), applied("2", "2")))
                .contains(
                        "the database is at version 2, below the plan's baseline m.sql, which runs"
                                + " in empty databases only: what it makes of the versions between"
                                + " would be missing, and the plan no longer has them; publish a"
                                + " plan of the directory that still has the versions up to 9,"
                                + " adopt and apply it here, then this one");
        assertThat(refusal(gap, Optional.of("2"))).isPresent();
        assertThat(refusal(gap, Optional.empty(), applied("B:2", "2"))).isPresent();
        // Version 9 is there, and 3 to 8 may have been in its directory too.
        assertThat(refusal(squashed, Optional.empty(), applied("2", "2"))).isPresent();
        assertThat(refusal(squashed, Optional.of("2"))).isEmpty();
    }

    @Test
    void databaseAtOrAboveABaselineIsNotBelowIt() {
        // given
        Plan gap = PLAN.withMigrations(PLAN.migrations().subList(4, 7));
        // then
        assertThat(refusal(gap, Optional.empty())).isEmpty();
        assertThat(refusal(gap, Optional.of("9"))).isEmpty();
        assertThat(refusal(gap, Optional.empty(), applied("9", "9"))).isEmpty();
        assertThat(refusal(gap, Optional.empty(), applied("10", "10"))).isEmpty();
        assertThat(refusal(gap, Optional.empty(), applied("B:9", "9"))).isEmpty();
    }

    private static Optional<String> refusal(
            Plan plan, Optional<String> marked, VersionHistory.Applied... applied) {
        Survey survey =
                new Survey(
                        4,
                        0,
                        List.of(),
                        Optional.of(new VersionHistory(List.of(applied), List.of(), marked)));
        Optional<Refusal> refusal =
                ApplyPlanner.of(plan, ExecutionScript.order(OrderKind.APPLY, 5, 3), survey)
                        .refusal();
        boolean agrees = PlanComparison.of(plan, ExecutionScript.DATABASE, survey, false).agrees();
        assertThat(agrees).isEqualTo(refusal.isEmpty());
        return refusal.map(
                why -> {
                    Refusal.Mismatch mismatch = (Refusal.Mismatch) why;
                    assertThat(mismatch.code()).isEqualTo("below-baseline");
                    return mismatch.message();
                });
    }

    @Test
    void halfDoneBaselineIsGoneOnWith() {
        // given
        LedgerRow first =
                new LedgerRow(
                        1,
                        4,
                        new RolloutId("r-1"),
                        LedgerKind.DONE,
                        Optional.of(new StepRef("B:2", 0, Direction.UP)),
                        false,
                        Optional.of("c"));
        // then
        assertThat(steps(List.of(first), Optional.empty()))
                .containsExactly("B:2.1", "9.0", "9.1", "10.0", "10.1", "R:m.0", "R:m.1");
    }

    @Test
    void ledgerAloneKnowsAnAppliedBaselineToo() {
        // given
        List<LedgerRow> rows = List.of(row(0, false), row(1, true));
        Plan plan = new Plan(Framework.SQL, Optional.empty(), PLAN.migrations());
        // when
        AppliedState state = AppliedState.of(plan, new Survey(4, 2, rows, Optional.empty()));
        // then
        assertThat(state.belowBaseline(plan.migration("2").orElseThrow())).isTrue();
        assertThat(state.belowBaseline(plan.migration("9").orElseThrow())).isFalse();
        assertThat(state.versionWithout(List.of())).contains("2");
    }

    @Test
    void databaseReadsABaselineInTheEndOnlyWhereItBeginsWithIt() {
        // given
        Plan plan = PLAN.withMigrations(PLAN.migrations().subList(0, 3));
        Plan above =
                plan.withMigrations(
                        List.of(
                                migration(MigrationKind.VERSIONED, "1"),
                                migration(MigrationKind.BASELINE, "2")));
        // then
        assertThat(versionAfter(above)).contains("2");
        assertThat(versionAfter(above, applied("B:2", "2"))).contains("2");
        assertThat(versionAfter(above, applied("1", "1"))).contains("1");
        assertThat(versionAfter(plan, applied("1", "1"))).contains("2");
    }

    private static Optional<String> versionAfter(Plan plan, VersionHistory.Applied... applied) {
        VersionHistory history = new VersionHistory(List.of(applied), List.of(), Optional.empty());
        return ApplyPlanner.of(
                        plan,
                        ExecutionScript.order(OrderKind.APPLY, 5, 3),
                        new Survey(4, 0, List.of(), Optional.of(history)))
                .versionAfter();
    }

    private static LedgerRow row(int step, boolean completes) {
        return new LedgerRow(
                step + 1L,
                4,
                new RolloutId("r-1"),
                LedgerKind.DONE,
                Optional.of(new StepRef("B:2", step, Direction.UP)),
                completes,
                Optional.of("c"));
    }
}
