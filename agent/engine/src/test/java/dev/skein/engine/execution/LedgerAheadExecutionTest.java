package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Executions that meet a ledger which has obeyed another order than theirs. */
final class LedgerAheadExecutionTest {
    private static final Plan SCRIPT =
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
                                    List.of(new ScriptStep("create table a ()")),
                                    Optional.empty())));

    private static LedgerRow row(LedgerKind kind, String rollout, long epoch) {
        return new LedgerRow(
                11, epoch, new RolloutId(rollout), kind, Optional.empty(), true, Optional.empty());
    }

    private static Survey takenBy(String rollout, long epoch) {
        List<LedgerRow> rows =
                List.of(
                        row(LedgerKind.ACCEPTED, rollout, epoch),
                        row(LedgerKind.ENDED, rollout, epoch));
        return new Survey(epoch, 12, rows, Optional.empty());
    }

    private static DatabaseFailed lastWord(ExecutionScript script) {
        return (DatabaseFailed) script.left().saying().orElseThrow().event();
    }

    @Test
    void higherEpochInTheLedgerEndsTheExecutionWithoutAWordIfANewerOrderIsKnown() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .permit(Permit.superseded())
                        .surveyed(new Survey(6, 0, List.of(), Optional.empty()));
        // then
        assertThat(script.left())
                .isEqualTo(new Action.Leave(ExecutionEnd.SUPERSEDED, Optional.empty()));
    }

    @Test
    void ledgerAheadOfTheNewestOrderFailsItAndSaysWhoseTheLedgerIs() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT).surveyed(takenBy("r-lost", 7));
        // then
        DatabaseFailed failed = lastWord(script);
        assertThat(script.written()).isEmpty();
        assertThat(failed.epoch()).isEqualTo(5);
        assertThat(failed.ledgerEpoch()).hasValue(7);
        assertThat(failed.failure().code()).isEqualTo("ledger-ahead");
        assertThat(failed.failure().passing()).isFalse();
        assertThat(failed.failure().message())
                .startsWith(
                        "order 5 of rollout r-1 was not carried out: the ledger holds epoch 7, of"
                                + " rollout r-lost; the log is older than the ledger");
    }

    @Test
    void sameEpochOfAnotherRolloutIsNotTakenForThisOrder() {
        // when: the ledger has obeyed an order 5 and brought it to its end
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT).surveyed(takenBy("r-lost", 5));
        // then
        assertThat(lastWord(script).ledgerEpoch()).hasValue(5);
        assertThat(lastWord(script).failure().message())
                .contains("the ledger holds epoch 5, of rollout r-lost");
    }

    @Test
    void pauseOrStopDoesNotHideThatTheLedgerIsAhead() {
        for (Permit held : List.of(Permit.paused(1), Permit.stopped())) {
            ExecutionScript script =
                    ExecutionScript.executing(OrderKind.ROLLBACK, SCRIPT)
                            .permit(held)
                            .surveyed(takenBy("r-lost", 7));
            assertThat(lastWord(script).kind()).isEqualTo(OrderKind.ROLLBACK);
        }
    }

    @Test
    void fenceMakesTheExecutionLookWhoseTheLedgerIs() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .on(Action.RunScript.class, ExecutionScript.superseded())
                        .surveyed(takenBy("r-2", 6));
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(lastWord(script).ledgerEpoch()).hasValue(6);
    }
}
