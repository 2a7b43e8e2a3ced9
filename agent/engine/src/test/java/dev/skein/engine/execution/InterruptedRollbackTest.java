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
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An apply after a rollback that was interrupted and then aborted. */
final class InterruptedRollbackTest {
    private static final Migration INDEX =
            new Migration(
                    MigrationKind.VERSIONED,
                    "1",
                    "one",
                    "V1__one.sql",
                    Optional.of("49"),
                    List.of(
                            new StatementStep(
                                    List.of(),
                                    "create index concurrently i on t (n)",
                                    new Probe.IndexCreated(Optional.empty(), "t", "i"))),
                    Optional.of(
                            List.of(
                                    new StatementStep(
                                            List.of(),
                                            "drop index concurrently i",
                                            new Probe.IndexDropped(Optional.empty(), "i")))));

    private static LedgerRow row(int sequence, LedgerKind kind, Direction direction) {
        return new LedgerRow(
                sequence,
                sequence,
                new RolloutId("r-1"),
                kind,
                Optional.of(new StepRef("1", 0, direction)),
                kind == LedgerKind.DONE,
                Optional.of("49"));
    }

    /** Whether the index is still there is not known, whatever the version table lists. */
    @ParameterizedTest
    @EnumSource(Framework.class)
    void migrationWhoseStepDownWasInterruptedIsNotTakenForApplied(Framework framework) {
        // given
        List<LedgerRow> rows =
                List.of(
                        row(1, LedgerKind.STARTED, Direction.UP),
                        row(2, LedgerKind.DONE, Direction.UP),
                        row(3, LedgerKind.STARTED, Direction.DOWN));
        VersionHistory listed =
                new VersionHistory(
                        List.of(
                                new VersionHistory.Applied(
                                        "1", Optional.of("1"), Optional.of("49"))),
                        List.of(),
                        Optional.empty());
        Optional<VersionHistory> history =
                framework == Framework.SQL ? Optional.empty() : Optional.of(listed);
        // when
        ExecutionPlan executionPlan =
                ApplyPlanner.of(
                        new Plan(framework, Optional.empty(), List.of(INDEX)),
                        ExecutionScript.order(OrderKind.APPLY, 5, 3),
                        new Survey(3, 3, rows, history));
        // then
        assertThat(executionPlan.plannedSteps()).isEmpty();
        assertThat(executionPlan.refusal())
                .hasValueSatisfying(
                        why ->
                                assertThat(((Refusal.Mismatch) why).code())
                                        .isEqualTo("half-reverted"));
    }
}
