package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OrderExecutionTest {
    private static final Plan SCRIPT = plan(new ScriptStep("create table a ()"));
    private static final Plan INDEX =
            plan(
                    new StatementStep(
                            List.of("set x to 1"),
                            "create index concurrently i on t (n)",
                            new Probe.IndexCreated(Optional.empty(), "t", "i")));

    private static Plan plan(Step... steps) {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "one",
                        "V1__one.sql",
                        Optional.of("49"),
                        List.of(steps),
                        Optional.empty());
        return new Plan(Framework.SQL, Optional.empty(), List.of(migration));
    }

    private static LedgerRow row(long sequence, LedgerKind kind, boolean ofStep) {
        return new LedgerRow(
                sequence,
                5,
                new RolloutId("r-1"),
                kind,
                ofStep ? Optional.of(new StepRef("1", 0, Direction.UP)) : Optional.empty(),
                true,
                Optional.of("49"));
    }

    private static Survey accepted(LedgerRow... rows) {
        List<LedgerRow> all = new ArrayList<>();
        all.add(row(11, LedgerKind.ACCEPTED, false));
        all.addAll(List.of(rows));
        return new Survey(5, 10 + all.size(), all, Optional.empty());
    }

    @Test
    void executionAcceptsRunsAndEndsWithTheLastStep() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.RunScript.class);
        // then
        assertThat(script.left())
                .isEqualTo(new Action.Leave(ExecutionEnd.FINISHED, Optional.empty()));
        assertThat(script.written())
                .hasExactlyElementsOfTypes(
                        OrderAccepted.class, StepSucceeded.class, DatabaseApplied.class);
    }

    @Test
    void sequencesGoOnBehindWhatTheOrchestratorHasSeen() {
        // when
        ExecutionScript script = ExecutionScript.executing(OrderKind.APPLY, SCRIPT).emptyDatabase();
        // then
        assertThat(sequences(script.expect(Action.Accept.class).records())).containsExactly(11L);
        script.done(Action.Accept.class);
        assertThat(sequences(script.expect(Action.RunScript.class).records()))
                .containsExactly(12L, 13L);
    }

    private static List<Long> sequences(Records records) {
        return records.entries().stream()
                .map(LedgerEntry::envelope)
                .map(Envelope::sequence)
                .toList();
    }

    @Test
    void sequencesOfARefusedTransactionAreUsedAgain() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .on(Action.RunScript.class, ExecutionScript.refused("lock-timeout", true));
        // then
        assertThat(sequences(script.expect(Action.Write.class).records())).containsExactly(12L);
    }

    @Test
    void orderThatTheLedgerHasEndedIsNotRunAgain() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .surveyed(accepted(row(12, LedgerKind.ENDED, false)));
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
    }

    @Test
    void pauseDuringAWaitIsSeenBeforeTheNextAttempt() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .on(Action.RunScript.class, ExecutionScript.refused("lock-timeout", true))
                        .done(Action.Write.class)
                        .permit(Permit.paused(2));
        // when
        script.done(Action.Wait.class);
        // then
        Action.Leave left = script.left();
        assertThat(left.end()).isEqualTo(ExecutionEnd.PAUSED);
        assertThat(left.saying().orElseThrow().sequence()).isZero();
        assertThat(left.saying().orElseThrow().event()).isInstanceOf(OrderPaused.class);
    }

    @Test
    void stepThatTheLostConnectionDidCommitIsNotRunAgain() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .on(Action.RunScript.class, ExecutionScript.lost());
        // when
        script.surveyed(accepted(row(12, LedgerKind.DONE, true), row(13, LedgerKind.ENDED, false)));
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
    }

    @Test
    void stepThatTheLostConnectionDidNotCommitIsAFailedAttempt() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .on(Action.RunScript.class, ExecutionScript.lost());
        // when
        script.surveyed(accepted()).done(Action.Write.class).done(Action.Wait.class);
        // then
        script.expect(Action.RunScript.class);
        assertThat(script.written())
                .hasExactlyElementsOfTypes(OrderAccepted.class, StepRetried.class);
    }

    @Test
    void statementIsAnnouncedRunProbedAndWritten() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, INDEX)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .done(Action.RunStatement.class)
                        .on(Action.AskCatalogue.class, probed(ProbeResult.State.DONE))
                        .done(Action.Write.class);
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(script.written())
                .hasExactlyElementsOfTypes(
                        OrderAccepted.class,
                        StepStarted.class,
                        StepSucceeded.class,
                        DatabaseApplied.class);
    }

    private static Reply probed(ProbeResult.State state) {
        return new Reply.Probed(
                new ProbeResult(
                        state,
                        state == ProbeResult.State.REMNANT ? List.of("\"s\".\"i\"") : List.of()));
    }

    @Test
    void failedIndexBuildIsCleanedUpBeforeItIsReported() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, INDEX)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class);
        // when
        script.on(Action.RunStatement.class, ExecutionScript.refused("sql-error", false))
                .on(Action.AskCatalogue.class, probed(ProbeResult.State.REMNANT));
        // then
        assertThat(script.expect(Action.DropIndexes.class).names()).containsExactly("\"s\".\"i\"");
        script.done(Action.DropIndexes.class).done(Action.Write.class);
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(script.written().get(2)).isInstanceOf(DatabaseFailed.class);
    }

    @Test
    void startedStatementIsProbedBeforeAnythingElse() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, INDEX)
                        .surveyed(accepted(row(12, LedgerKind.STARTED, true)))
                        .on(Action.AskCatalogue.class, probed(ProbeResult.State.DONE))
                        .done(Action.Write.class);
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(((StepSucceeded) script.written().get(0)).outcome())
                .isEqualTo(StepOutcome.FOUND_DONE);
    }

    @Test
    void concurrentDropThatFailedIsNotSaidToHaveLeftNothing() {
        // given: the server marks the index invalid before it waits for its users
        Plan drop =
                plan(
                        new StatementStep(
                                List.of(),
                                "drop index concurrently i",
                                new Probe.IndexDropped(Optional.empty(), "i")));
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, drop)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .on(
                                Action.RunStatement.class,
                                ExecutionScript.refused("lock-timeout", true))
                        .on(Action.AskCatalogue.class, probed(ProbeResult.State.NOT_DONE));
        // when
        LedgerEntry entry = script.expect(Action.Write.class).records().entries().get(0);
        // then
        assertThat(entry.kind()).isEqualTo(LedgerKind.RETRIED);
        assertThat(entry.step()).isEmpty();
    }

    @Test
    void remnantThatCannotBeDroppedKeepsTheStepUncertain() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, INDEX)
                        .surveyed(accepted(row(12, LedgerKind.STARTED, true)))
                        .on(Action.AskCatalogue.class, probed(ProbeResult.State.REMNANT))
                        .on(
                                Action.DropIndexes.class,
                                ExecutionScript.refused("lock-timeout", true));
        // when
        LedgerEntry entry = script.expect(Action.Write.class).records().entries().get(0);
        script.done(Action.Write.class).done(Action.Wait.class);
        // then: the row names no step, so that it does not tell what became of it
        assertThat(entry.kind()).isEqualTo(LedgerKind.RETRIED);
        assertThat(entry.step()).isEmpty();
        script.expect(Action.AskCatalogue.class);
    }

    @Test
    void unreachableDatabaseIsWaitedForUntilPatienceEnds() {
        // given
        ExecutionScript script = ExecutionScript.executing(OrderKind.APPLY, SCRIPT);
        // when
        script.on(Action.Connect.class, ExecutionScript.refused("connection-lost", true));
        Envelope said = script.expect(Action.Wait.class).saying().orElseThrow();
        script.done(Action.Wait.class).later(Duration.ofMinutes(10));
        script.on(Action.Connect.class, ExecutionScript.refused("connection-lost", true));
        // then
        assertThat(said.event()).isInstanceOf(DatabaseUnavailable.class);
        DatabaseFailed failed = (DatabaseFailed) script.left().saying().orElseThrow().event();
        assertThat(failed.failure().code()).isEqualTo("unavailable");
    }

    @Test
    void holderOfTheLockThatIsAtWorkIsWaitedForBeyondPatience() {
        // given
        Blocker working = new Blocker(7, "skein", "skein/r-0", "active", Optional.empty());
        Reply locked = Reply.Failed.refused(ExecutionScript.failure("locked", true, working));
        ExecutionScript script = ExecutionScript.executing(OrderKind.APPLY, SCRIPT);
        // when
        for (int hour = 0; hour < 3; hour++) {
            script.on(Action.Connect.class, locked).done(Action.Wait.class);
            script.later(Duration.ofHours(1));
        }
        // then
        script.expect(Action.Connect.class);
    }

    @Test
    void ledgerThatCannotBeWrittenFailsTheOrderBesideIt() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .on(Action.Accept.class, ExecutionScript.refused("disk-full", false));
        // then
        assertThat(script.left().saying().orElseThrow().sequence()).isZero();
        assertThat(script.left().saying().orElseThrow().event()).isInstanceOf(DatabaseFailed.class);
    }

    @Test
    void nothingIsExpectedOfAnExecutionThatIsOver() {
        // given
        OrderExecution execution =
                new OrderExecution(
                        Assignment.of(ExecutionScript.order(OrderKind.APPLY, 5, 3), SCRIPT),
                        Duration.ofMinutes(1));
        execution.begin(new TimeAndJitter(Instant.EPOCH, 0));
        Survey higher = new Survey(6, 0, List.of(), Optional.empty());
        execution.after(new Reply.Surveyed(higher), new TimeAndJitter(Instant.EPOCH, 0));
        execution.after(new Reply.Permitted(Permit.go()), new TimeAndJitter(Instant.EPOCH, 0));
        // then
        assertThatThrownBy(
                        () ->
                                execution.after(
                                        new Reply.Done(Duration.ZERO),
                                        new TimeAndJitter(Instant.EPOCH, 0)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void booksAreMendedWithTheAcceptanceAndSurveyedAgain() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(
                                ExecutionScript.order(
                                        OrderKind.APPLY, 5, 3, Optional.of(Repair.BOOKS)),
                                SCRIPT)
                        .emptyDatabase();
        // when
        boolean mends = script.expect(Action.Accept.class).mends();
        script.done(Action.Accept.class);
        // then
        assertThat(mends).isTrue();
        script.expect(Action.Connect.class);
    }
}
