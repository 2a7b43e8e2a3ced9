package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an execution tells the version table, and takes for granted of it. */
final class VersionTableExecutionTest {
    private static final Step SCRIPT = new ScriptStep("select 1");
    private static final Step STATEMENT =
            new StatementStep(List.of(), "vacuum", new Probe.Harmless());
    private static final VersionHistory NOTHING =
            new VersionHistory(List.of(), List.of(), Optional.empty());

    private static Plan plan(Step... up) {
        return new Plan(
                Framework.PRISMA,
                Optional.empty(),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "1",
                                "one",
                                "1/migration.sql",
                                Optional.of("49"),
                                List.of(up),
                                Optional.of(List.of(SCRIPT)))));
    }

    private static Survey survey(VersionHistory history, LedgerRow... rows) {
        return new Survey(0, 0, List.of(rows), Optional.of(history));
    }

    private static LedgerRow done(StepRef step, boolean completes) {
        return new LedgerRow(
                1,
                4,
                new RolloutId("r-1"),
                LedgerKind.DONE,
                Optional.of(step),
                completes,
                Optional.of("49"));
    }

    private static ExecutionScript applying(Plan plan) {
        return ExecutionScript.executing(OrderKind.APPLY, plan)
                .surveyed(survey(NOTHING))
                .done(Action.Accept.class);
    }

    private static List<VersionChange.Kind> kinds(Records records) {
        return records.changes().stream().map(VersionChange::kind).toList();
    }

    private static Reply overtaken() {
        return new Reply.Failed(
                ExecutionScript.failure("version-table-moved", true),
                Reply.Failed.Nature.OVERTAKEN);
    }

    @Test
    void migrationInOneTransactionIsToldOnlyAsApplied() {
        // when
        Records records = applying(plan(SCRIPT)).expect(Action.RunScript.class).records();
        // then
        assertThat(kinds(records)).containsExactly(VersionChange.Kind.APPLIED);
        assertThat(records.expectation().orElseThrow().applied()).isFalse();
    }

    @Test
    void migrationOfSeveralTransactionsIsToldAsStartedWithTheFirst() {
        // when
        ExecutionScript script = applying(plan(SCRIPT, SCRIPT));
        Records first = script.expect(Action.RunScript.class).records();
        Records second =
                script.done(Action.RunScript.class).expect(Action.RunScript.class).records();
        // then
        assertThat(kinds(first)).containsExactly(VersionChange.Kind.STARTED);
        assertThat(kinds(second)).containsExactly(VersionChange.Kind.APPLIED);
    }

    @Test
    void statementIsToldAsStartedBeforeItRuns() {
        // when
        Records records = applying(plan(STATEMENT)).expect(Action.Write.class).records();
        // then
        assertThat(kinds(records)).containsExactly(VersionChange.Kind.STARTED);
        assertThat(records.expectation()).isPresent();
    }

    @Test
    void failureBehindTheFirstTransactionIsToldInItsWords() {
        // when
        Records records =
                applying(plan(SCRIPT, SCRIPT))
                        .done(Action.RunScript.class)
                        .on(Action.RunScript.class, ExecutionScript.refused("sql-error", false))
                        .expect(Action.Write.class)
                        .records();
        // then
        assertThat(kinds(records)).containsExactly(VersionChange.Kind.FAILED);
        assertThat(records.changes().get(0).message())
                .contains("step 2/2 of r-1 (1, up 2): no luck");
    }

    @Test
    void failureOfTheOnlyTransactionIsToldToPrismaWhichKeepsEvery() {
        // when
        Records records =
                applying(plan(SCRIPT))
                        .on(Action.RunScript.class, ExecutionScript.refused("sql-error", false))
                        .expect(Action.Write.class)
                        .records();
        // then
        assertThat(kinds(records)).containsExactly(VersionChange.Kind.FAILED);
    }

    @Test
    void failureOfTheOnlyTransactionLeavesNothingToTellOtherFrameworks() {
        // given
        Plan prisma = plan(SCRIPT);
        Plan knex = new Plan(Framework.KNEX, prisma.versionTable(), prisma.migrations());
        // when
        Records records =
                applying(knex)
                        .on(Action.RunScript.class, ExecutionScript.refused("sql-error", false))
                        .expect(Action.Write.class)
                        .records();
        // then
        assertThat(records.changes()).isEmpty();
    }

    @Test
    void firstStepDownTakesForGrantedThatTheMigrationIsThere() {
        // given
        StepRef up = new StepRef("1", 0, Direction.UP);
        VersionHistory applied =
                new VersionHistory(
                        List.of(
                                new VersionHistory.Applied(
                                        "1", Optional.of("1"), Optional.of("49"))),
                        List.of(),
                        Optional.empty());
        // when
        Records records =
                ExecutionScript.executing(OrderKind.ROLLBACK, plan(SCRIPT))
                        .surveyed(survey(applied, done(up, true)))
                        .done(Action.Accept.class)
                        .expect(Action.RunScript.class)
                        .records();
        // then
        assertThat(kinds(records)).containsExactly(VersionChange.Kind.REVERTED);
        assertThat(records.expectation().orElseThrow().applied()).isTrue();
    }

    @Test
    void executionThatIsOvertakenLooksAgain() {
        // when
        ExecutionScript script =
                applying(plan(SCRIPT))
                        .on(Action.RunScript.class, overtaken())
                        .done(Action.Wait.class)
                        .surveyed(survey(NOTHING));
        // then
        assertThat(script.done(Action.Accept.class).expect(Action.RunScript.class).sql())
                .isEqualTo("select 1");
    }

    @Test
    void executionThatIsOvertakenTimeAndAgainGivesUp() {
        // given
        ExecutionScript script = applying(plan(SCRIPT));
        // when: the order allows three attempts
        for (int i = 0; i < 2; i++) {
            script.on(Action.RunScript.class, overtaken())
                    .done(Action.Wait.class)
                    .surveyed(survey(NOTHING))
                    .done(Action.Accept.class);
        }
        script.on(Action.RunScript.class, overtaken());
        // then
        DatabaseFailed failed = (DatabaseFailed) script.left().saying().orElseThrow().event();
        assertThat(failed.failure().code()).isEqualTo("version-table-moved");
    }
}
