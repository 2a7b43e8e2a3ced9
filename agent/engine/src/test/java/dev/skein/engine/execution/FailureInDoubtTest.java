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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A failure that Skein left in the version table while nobody knew what became of a step. */
class FailureInDoubtTest {
    private static final RolloutId ROLLOUT = new RolloutId("r-1");
    private static final Migration MIGRATION =
            new Migration(
                    MigrationKind.VERSIONED,
                    "1",
                    "m1",
                    "V1.sql",
                    Optional.of("c1"),
                    List.of(new ScriptStep("select 0"), new ScriptStep("select 1")),
                    Optional.empty());
    private static final VersionHistory FAILED =
            new VersionHistory(List.of(), List.of("1"), Optional.empty());

    private final List<LedgerRow> rows = new ArrayList<>();

    private void row(LedgerKind kind, boolean namesStep) {
        Optional<StepRef> step =
                namesStep ? Optional.of(new StepRef("1", 0, Direction.UP)) : Optional.empty();
        rows.add(new LedgerRow(rows.size() + 1L, 1, ROLLOUT, kind, step, false, Optional.of("c1")));
    }

    private ExecutionPlan apply() {
        return ApplyPlanner.of(
                new Plan(Framework.FLYWAY, Optional.empty(), List.of(MIGRATION)),
                ExecutionScript.order(OrderKind.APPLY, 2, 3),
                new Survey(1, rows.size(), rows, Optional.of(FAILED)));
    }

    /** A person said that the step was not done, and the order that ran it again was paused. */
    @Test
    void staysOursWhenTheStepIsTriedAgain() {
        // given
        row(LedgerKind.STARTED, true);
        row(LedgerKind.ENDED, false);
        row(LedgerKind.STARTED, true);
        row(LedgerKind.RETRIED, true);
        // when
        ExecutionPlan executionPlan = apply();
        // then
        assertThat(executionPlan.refusal()).isEmpty();
        assertThat(executionPlan.plannedSteps().get(1).changes())
                .extracting(VersionChange::kind)
                .containsExactly(VersionChange.Kind.FAILURE_CLEARED, VersionChange.Kind.APPLIED);
    }

    @Test
    void isOfOthersWhereNoOrderEndedInDoubt() {
        // given
        row(LedgerKind.STARTED, true);
        row(LedgerKind.RETRIED, true);
        // then
        assertThat(apply().refusal()).isPresent();
    }
}
