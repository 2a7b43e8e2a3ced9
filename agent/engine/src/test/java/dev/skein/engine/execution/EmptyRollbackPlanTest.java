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
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EmptyRollbackPlanTest {
    private static final Step INDEX =
            new StatementStep(
                    List.of(),
                    "create index concurrently i on t (n)",
                    new Probe.IndexCreated(Optional.empty(), "t", "i"));

    private static LedgerRow row(int sequence, LedgerKind kind, Direction direction, int index) {
        return new LedgerRow(
                sequence,
                sequence,
                new RolloutId("r-1"),
                kind,
                Optional.of(new StepRef("1", index, direction)),
                index == 1,
                Optional.of("49"));
    }

    @Test
    void migrationOfWhichNothingIsLeftHasNothingToUndoThoughAStepDownWasBegun() {
        // given: the first of two steps up was interrupted, its undoing was begun and failed, and a
        // later run of the step up failed and left nothing behind
        Plan plan =
                new Plan(
                        Framework.SQL,
                        Optional.empty(),
                        List.of(
                                new Migration(
                                        MigrationKind.VERSIONED,
                                        "1",
                                        "one",
                                        "V1__one.sql",
                                        Optional.of("49"),
                                        List.of(INDEX, INDEX),
                                        Optional.of(List.of(INDEX, INDEX)))));
        List<LedgerRow> rows =
                List.of(
                        row(1, LedgerKind.STARTED, Direction.UP, 0),
                        row(2, LedgerKind.STARTED, Direction.DOWN, 1),
                        row(3, LedgerKind.ENDED, Direction.DOWN, 1),
                        row(4, LedgerKind.ENDED, Direction.UP, 0));
        // when
        ExecutionPlan executionPlan =
                RollbackPlanner.of(
                        plan,
                        ExecutionScript.order(OrderKind.ROLLBACK, 5, 3),
                        new Survey(4, 4, rows, Optional.empty()));
        // then
        assertThat(executionPlan.refusal()).isEmpty();
        assertThat(executionPlan.plannedSteps()).isEmpty();
    }
}
