package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
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
import org.junit.jupiter.api.Test;

/** A pause is confirmed when nothing runs, not when this process runs nothing. */
final class PauseInDoubtTest {
    private static final Plan INDEX =
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
                                    List.of(
                                            new StatementStep(
                                                    List.of(),
                                                    "create index concurrently i on t (n)",
                                                    new Probe.IndexCreated(
                                                            Optional.empty(), "t", "i"))),
                                    Optional.empty())));

    private static LedgerRow row(long sequence, LedgerKind kind, Optional<StepRef> step) {
        return new LedgerRow(
                sequence, 5, new RolloutId("r-1"), kind, step, true, Optional.of("49"));
    }

    @Test
    void executionThatMayHaveAPredecessorRaisesTheEpochBeforeItLeaves() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, INDEX)
                        .permit(Permit.paused(2).inDoubt(true))
                        .on(Action.Connect.class, ExecutionScript.refused("locked", true));
        // when
        script.done(Action.Wait.class).emptyDatabase().done(Action.Accept.class);
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.PAUSED);
        assertThat(script.written()).hasExactlyElementsOfTypes(OrderAccepted.class);
    }

    @Test
    void executionThatLostItsConnectionLeavesOnlyWhenTheBackendIsGone() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, INDEX)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .on(Action.RunStatement.class, ExecutionScript.lost())
                        .permit(Permit.paused(2))
                        .on(Action.Connect.class, ExecutionScript.refused("locked", true))
                        .done(Action.Wait.class);
        StepRef step = new StepRef("1", 0, Direction.UP);
        List<LedgerRow> rows =
                List.of(
                        row(11, LedgerKind.ACCEPTED, Optional.empty()),
                        row(12, LedgerKind.STARTED, Optional.of(step)));
        // when
        script.surveyed(new Survey(5, 12, rows, Optional.empty()));
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.PAUSED);
    }
}
