package dev.skein.engine.execution;

import static dev.skein.protocol.plan.Atomicity.ATOMIC;
import static dev.skein.protocol.plan.Atomicity.NOT_ATOMIC;
import static dev.skein.protocol.plan.Atomicity.SCHEMA_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of steps whose run nobody saw the end of. */
final class InDoubtResolverTest {
    private static final String WHOLE =
            "begin; create table a (); insert into a values (1); commit";
    private static final String PARTS = "begin; create table a (); commit; create table b ()";
    private static final String DATA = "begin; create table a (); commit; insert into a values (1)";
    private static final Map<String, Atomicity> ATOMICITIES =
            Map.of(WHOLE, ATOMIC, PARTS, SCHEMA_ONLY, DATA, NOT_ATOMIC);
    private static final Step DROP = new ScriptStep("drop table a");
    private static final List<ObjectChange> CHANGES =
            List.of(
                    new ObjectChange("table public.a", Optional.empty(), Optional.of("1")),
                    new ObjectChange("table public.b", Optional.empty(), Optional.of("2")));
    private static final String ADVICE =
            "; look at the database, then 'skein database repair pg-1/acme --step-done' if all of"
                    + " the step took effect, or '--step-not-done' if nothing of it did and it"
                    + " shall run";

    private static Plan plan(String sql) {
        return plan(statement(sql).with(ATOMICITIES.get(sql)));
    }

    private static Plan plan(StatementStep up) {
        return plan(up, DROP);
    }

    private static StatementStep statement(String sql) {
        return new StatementStep(List.of(), sql, new Probe.Undecidable());
    }

    private static Plan plan(StatementStep up, Step down) {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "one",
                        "V1__one.sql",
                        Optional.of("49"),
                        List.of(up),
                        Optional.of(List.of(down)));
        return new Plan(Framework.SQL, Optional.empty(), List.of(migration));
    }

    private static Plan rehearsed(String sql, List<ObjectChange> changes) {
        return rehearsed(plan(sql), changes);
    }

    private static Plan rehearsed(Plan plan, List<ObjectChange> changes) {
        RehearsedStep step =
                new RehearsedStep("1", true, 0, Duration.ZERO, "b", "a", changes, List.of());
        return plan.rehearsed(
                new Rehearsal(Instant.EPOCH, "15.4", Optional.empty(), List.of(step)));
    }

    private static Survey started(long epoch) {
        return new Survey(4, 11, List.of(started(11, epoch, Direction.UP)), Optional.empty());
    }

    private static LedgerRow started(long sequence, long epoch, Direction direction) {
        return new LedgerRow(
                sequence,
                epoch,
                new RolloutId("r-1"),
                LedgerKind.STARTED,
                Optional.of(new StepRef("1", 0, direction)),
                true,
                Optional.of("49"));
    }

    private static Reply found(Map<String, String> digests) {
        return new Reply.Fingerprinted(new TreeMap<>(digests));
    }

    private static ExecutionScript interrupted(Plan plan) {
        return ExecutionScript.executing(OrderKind.APPLY, plan)
                .surveyed(started(4))
                .done(Action.Accept.class);
    }

    private static ExecutionScript interrupted(Plan plan, Repair repair) {
        return ExecutionScript.executing(
                        ExecutionScript.order(OrderKind.APPLY, 5, 3, Optional.of(repair)), plan)
                .surveyed(started(4))
                .done(Action.Accept.class);
    }

    private static String message(ExecutionScript script) {
        DatabaseFailed failed = (DatabaseFailed) script.written().get(script.written().size() - 1);
        return failed.failure().code() + ": " + failed.failure().message();
    }

    @Test
    void allObjectsAsAfterTheStepShowThatItIsDone() {
        // when
        ExecutionScript script =
                interrupted(rehearsed(WHOLE, CHANGES))
                        .on(
                                Action.AskFingerprint.class,
                                found(Map.of("table public.a", "1", "table public.b", "2")))
                        .done(Action.Write.class);
        // then
        assertThat(((StepSucceeded) script.written().get(1)).outcome())
                .isEqualTo(StepOutcome.FOUND_DONE);
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
    }

    @Test
    void allObjectsAsBeforeTheStepLetItRun() {
        // when
        ExecutionScript script =
                interrupted(rehearsed(PARTS, CHANGES))
                        .on(Action.AskFingerprint.class, found(Map.of()));
        // then
        assertThat(script.expect(Action.RunStatement.class).sql()).isEqualTo(PARTS);
    }

    @Test
    void halfOfTheObjectsWaitForAPerson() {
        // when
        ExecutionScript script =
                interrupted(rehearsed(PARTS, CHANGES))
                        .on(Action.AskFingerprint.class, found(Map.of("table public.a", "1")))
                        .done(Action.Write.class);
        // then
        assertThat(message(script))
                .isEqualTo(
                        "undecided: step 1/1 of r-1 (1, up 1): an earlier run was interrupted half"
                                + " way: table public.a as after, table public.b as before"
                                + " (compared with the rehearsal on PostgreSQL 15.4)"
                                + ADVICE);
    }

    @Test
    void planThatWasNotRehearsedWaitsForAPersonAndSaysHowToBeRehearsed() {
        // when
        ExecutionScript script = interrupted(plan(WHOLE)).done(Action.Write.class);
        // then
        assertThat(message(script))
                .isEqualTo(
                        "undecided: step 1/1 of r-1 (1, up 1): an earlier run was interrupted and"
                                + " nothing tells whether it took effect, because the plan was not"
                                + " rehearsed ('skein plan rehearse' notes what agents compare)"
                                + ADVICE);
    }

    @Test
    void stepThatChangesNoObjectWaitsForAPerson() {
        // when
        ExecutionScript script = interrupted(rehearsed(WHOLE, List.of())).done(Action.Write.class);
        // then
        assertThat(message(script))
                .isEqualTo(
                        "undecided: step 1/1 of r-1 (1, up 1): an earlier run was interrupted and"
                                + " its rehearsal changed no object of the schema that could be"
                                + " compared"
                                + ADVICE);
    }

    @Test
    void scriptThatMayHaveLostItsDataIsNotTakenForDone() {
        // when
        ExecutionScript script =
                interrupted(rehearsed(DATA, CHANGES))
                        .on(
                                Action.AskFingerprint.class,
                                found(Map.of("table public.a", "1", "table public.b", "2")))
                        .done(Action.Write.class);
        // then
        assertThat(message(script))
                .isEqualTo(
                        "undecided: step 1/1 of r-1 (1, up 1): an earlier run was interrupted and"
                                + " its script may change data in a transaction of its own, which"
                                + " no comparison of schemas shows; of the schema table public.a as"
                                + " after, table public.b as after (compared with the rehearsal on"
                                + " PostgreSQL 15.4)"
                                + ADVICE);
    }

    @Test
    void personWhoSaysDoneIsBelieved() {
        // when
        ExecutionScript script = interrupted(plan(DATA), Repair.STEP_DONE).done(Action.Write.class);
        // then
        assertThat(((StepSucceeded) script.written().get(1)).outcome())
                .isEqualTo(StepOutcome.DECLARED_DONE);
    }

    @Test
    void personWhoSaysNotDoneHasItStartedAnew() {
        // when
        ExecutionScript script =
                interrupted(plan(DATA), Repair.STEP_NOT_DONE).done(Action.Write.class);
        // then
        assertThat(script.written().get(1)).isInstanceOf(StepStarted.class);
        assertThat(script.expect(Action.RunStatement.class).sql()).isEqualTo(DATA);
    }

    @Test
    void personsWordIsUsedUpOnceTheOrderHasStartedTheStep() {
        // given
        ExecutionScript script =
                interrupted(plan(DATA), Repair.STEP_NOT_DONE)
                        .done(Action.Write.class)
                        .on(Action.RunStatement.class, ExecutionScript.lost());
        // when
        Survey again = started(5);
        script.surveyed(new Survey(5, 12, again.rows(), Optional.empty()));
        script.done(Action.Accept.class).done(Action.Write.class);
        // then
        assertThat(message(script)).startsWith("undecided: ");
    }

    @Test
    void scriptThatFailsAsAWholeIsTriedAgain() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, plan(WHOLE))
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .on(Action.RunStatement.class, ExecutionScript.refused("deadlock", true))
                        .done(Action.Write.class);
        // then
        assertThat(script.written().get(2)).isInstanceOf(StepRetried.class);
    }

    @Test
    void scriptThatFailsAndLeftNothingIsTriedAgain() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, rehearsed(PARTS, CHANGES))
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .on(Action.RunStatement.class, ExecutionScript.refused("deadlock", true))
                        .on(Action.AskFingerprint.class, found(Map.of()))
                        .done(Action.Write.class);
        // then
        assertThat(script.written().get(2)).isInstanceOf(StepRetried.class);
    }

    @Test
    void scriptThatFailsHalfWayWaitsForAPerson() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, rehearsed(PARTS, CHANGES))
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .on(Action.RunStatement.class, ExecutionScript.refused("deadlock", true))
                        .on(Action.AskFingerprint.class, found(Map.of("table public.a", "1")))
                        .done(Action.Write.class);
        // then
        assertThat(message(script))
                .isEqualTo(
                        "deadlock: step 1/1 of r-1 (1, up 1): no luck; what the script committed"
                                + " before that may have stayed: table public.a as after, table"
                                + " public.b as before"
                                + ADVICE);
    }

    @Test
    void rollbackAsksWhetherThereIsAnythingToTakeBack() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.ROLLBACK, rehearsed(WHOLE, CHANGES))
                        .surveyed(started(4))
                        .done(Action.Accept.class);
        // when
        script.on(Action.AskFingerprint.class, found(Map.of())).done(Action.Write.class);
        // then
        assertThat(((StepSucceeded) script.written().get(1)).outcome())
                .isEqualTo(StepOutcome.FOUND_DONE);
    }

    @Test
    void rollbackTakesBackWhatAPersonSaysIsDone() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(
                                ExecutionScript.order(
                                        OrderKind.ROLLBACK, 5, 3, Optional.of(Repair.STEP_DONE)),
                                plan(DATA))
                        .surveyed(started(4))
                        .done(Action.Accept.class);
        // then
        assertThat(script.expect(Action.RunScript.class).sql()).isEqualTo("drop table a");
    }

    @Test
    void rollbackNamesTheStepUpThatItAsksAPersonAbout() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.ROLLBACK, plan(DATA))
                        .surveyed(started(4))
                        .done(Action.Accept.class)
                        .done(Action.Write.class);
        // then
        assertThat(message(script))
                .isEqualTo(
                        "undecided: step 1/1 of r-1 (1, down 1): an earlier run of up 1, which it"
                                + " takes back, was interrupted and nothing tells whether it took"
                                + " effect, because the plan was not rehearsed ('skein plan"
                                + " rehearse' notes what agents compare); look at the database,"
                                + " then 'skein database repair pg-1/acme --step-done' if all of"
                                + " up 1 took effect and is to be taken back, or '--step-not-done'"
                                + " if nothing of it did");
    }

    /** Plans of older versions do not say what can stay of their scripts. */
    @Test
    void scriptOfWhichThePlanDoesNotSayWhatCanStayWaitsForAPersonAfterAnInterruption() {
        // when
        ExecutionScript script =
                interrupted(rehearsed(plan(statement(WHOLE)), CHANGES))
                        .on(Action.AskFingerprint.class, found(Map.of()))
                        .done(Action.Write.class);
        // then
        assertThat(message(script))
                .contains("its plan does not say what of its script can stay (it was built by")
                .endsWith(ADVICE);
    }

    @Test
    void scriptOfWhichThePlanDoesNotSayWhatCanStayIsNotRunAgainAfterAFailure() {
        // when
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, plan(statement(WHOLE)))
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .done(Action.Write.class)
                        .on(Action.RunStatement.class, ExecutionScript.refused("55P03", true))
                        .done(Action.Write.class);
        // then
        assertThat(message(script))
                .contains("what the script committed before that may have stayed");
    }

    @Test
    void personsWordAboutAStepDownIsNotTakenForTheStepUpItStoodOn() {
        // given
        Step down = statement("drop table a");
        List<LedgerRow> rows =
                List.of(started(11, 4, Direction.UP), started(12, 4, Direction.DOWN));
        OrderIssued order =
                ExecutionScript.order(OrderKind.ROLLBACK, 5, 3, Optional.of(Repair.STEP_NOT_DONE));
        // when
        ExecutionScript script =
                ExecutionScript.executing(order, plan(statement(DATA), down))
                        .surveyed(new Survey(4, 12, rows, Optional.empty()))
                        .done(Action.Accept.class)
                        .done(Action.Write.class);
        // then
        assertThat(script.expect(Action.RunStatement.class).sql()).isEqualTo("drop table a");
    }
}
