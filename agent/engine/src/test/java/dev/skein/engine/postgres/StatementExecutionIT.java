package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StatementExecutionIT {
    private static final String INVALID = "select count(*) from pg_index where not indisvalid";
    private static final Plan INDEX =
            Plans.sql(
                    Plans.migration(
                            "1",
                            List.of(
                                    Plans.createIndex(
                                            "create unique index concurrently i on t (n)",
                                            "t",
                                            "i")),
                            Optional.of(List.of(Plans.dropIndex("i")))));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @BeforeEach
    void createTable() {
        fixture.execute("create table t (n int)");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void indexIsBuiltOutsideATransactionAndReportedBeforeAndAfter() {
        // when
        fixture.apply(INDEX);
        // then
        assertThat(fixture.eventNames())
                .containsExactly(
                        "OrderAccepted", "StepStarted", "StepSucceeded", "DatabaseApplied");
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void indexIsDroppedAgainByRollback() {
        // given
        fixture.apply(INDEX);
        // when
        fixture.rollBack(INDEX);
        // then
        assertThat(fixture.exists("i")).isFalse();
        assertThat(fixture.eventNames()).endsWith("StepSucceeded", "DatabaseRolledBack");
    }

    @Test
    void duplicateKeysLeaveNoInvalidIndexAndTheStepCanBeRetried() {
        // given
        fixture.execute("insert into t values (1), (1)");
        fixture.apply(INDEX);
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().sqlState())
                .contains("23505");
        assertThat(fixture.value(INVALID)).isEqualTo("0");
        fixture.execute("delete from t");
        // when
        fixture.apply(INDEX);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void failedIndexNeedsNoWayBack() {
        // given
        fixture.execute("insert into t values (1), (1)");
        fixture.apply(INDEX);
        // when
        fixture.rollBack(INDEX);
        // then
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
    }

    @Test
    void indexThatWasThereBeforeIsNotTakenForTheStepsOwn() {
        // given
        fixture.execute("create index i on t (n)");
        // when
        fixture.apply(INDEX);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().sqlState())
                .contains("42P07");
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void effectOfAnInterruptedRunIsFoundAndNotRepeated() {
        // given: the ledger says started, and the index is there
        started();
        fixture.execute("create unique index i on t (n)");
        // when
        fixture.apply(INDEX);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.FOUND_DONE);
    }

    @Test
    void remnantOfAnInterruptedRunIsDroppedAndTheIndexBuilt() {
        // given
        started();
        fixture.execute("create unique index i on t (n)");
        fixture.execute("update pg_index set indisvalid = false where indexrelid = 'i'::regclass");
        // when
        fixture.apply(INDEX);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.REPAIRED);
        assertThat(fixture.value(INVALID)).isEqualTo("0");
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void interruptedRunWithoutAnyTraceIsRunAgain() {
        // given
        started();
        // when
        fixture.apply(INDEX);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.EXECUTED);
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void rollbackOfAnInterruptedRunRemovesItsRemnant() {
        // given
        started();
        fixture.execute("create unique index i on t (n)");
        fixture.execute("update pg_index set indisvalid = false where indexrelid = 'i'::regclass");
        // when
        fixture.rollBack(INDEX);
        // then
        assertThat(fixture.exists("i")).isFalse();
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
    }

    @Test
    void rollbackOfAnInterruptedRunThatTookEffectRunsTheStepDown() {
        // given
        started();
        fixture.execute("create unique index i on t (n)");
        // when
        fixture.rollBack(INDEX);
        // then
        assertThat(fixture.exists("i")).isFalse();
    }

    @Test
    void interruptedStatementOfWhichNothingTellsWaitsForAPerson() {
        // given
        Plan plan = statement("alter table t set (fillfactor = 90)", new Probe.Undecidable());
        CutOff.untilStarted(fixture, plan, "t");
        // when
        fixture.apply(plan);
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseFailed.class))
                .extracting(failed -> failed.failure().code())
                .containsExactly("undecided", "undecided");
    }

    @Test
    void harmlessStatementIsSimplyRunAgain() {
        // given
        Plan plan = statement("vacuum t", new Probe.Harmless());
        CutOff.untilStarted(fixture, plan, "t");
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    @Test
    void rebuiltIndexLosesTheCopiesThatInterruptedRunsLeft() {
        // given
        fixture.execute("create index i on t (n); create index i_ccnew on t (n)");
        fixture.execute(
                "update pg_index set indisvalid = false where indexrelid = 'i_ccnew'::regclass");
        Plan plan =
                statement(
                        "reindex index concurrently i",
                        new Probe.IndexRebuilt(Optional.empty(), "i"));
        CutOff.untilStarted(fixture, plan, "t");
        // when
        fixture.apply(plan);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.REPAIRED);
        assertThat(fixture.exists("i_ccnew")).isFalse();
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void partitionIsDetachedAndAPendingDetachmentFinalized() {
        // given
        fixture.execute(
                "create table p (n int) partition by list (n);"
                        + " create table p1 partition of p for values in (1);"
                        + " create table p2 partition of p for values in (2)");
        Plan first = detach("1", "p1");
        fixture.apply(first);
        assertThat(fixture.value("select count(*) from pg_inherits")).isEqualTo("1");
        Plan both = Plans.sql(first.migrations().get(0), detach("2", "p2").migrations().get(0));
        CutOff.untilStarted(fixture, both, "p2");
        fixture.execute("update pg_inherits set inhdetachpending = true");
        // when
        fixture.apply(both);
        // then
        assertThat(fixture.value("select count(*) from pg_inherits")).isEqualTo("0");
        assertThat(outcome()).isEqualTo(StepOutcome.REPAIRED);
    }

    @Test
    void sessionStatementsHoldForTheStatementAndItsProbeAndNoLonger() {
        // given
        fixture.execute("create schema app; create table app.u (n int)");
        Step step =
                new StatementStep(
                        List.of("set search_path to app -- the tenant's"),
                        "create index concurrently j on u (n)",
                        new Probe.IndexCreated(Optional.empty(), "u", "j"));
        Plan plan =
                Plans.sql(
                        Plans.migration("1", List.of(step), Optional.empty()),
                        Plans.oneWay("2", "create table v (n int)"));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.exists("app.j")).isTrue();
        assertThat(fixture.exists("public.v")).isTrue();
    }

    @Test
    void halfDoneMigrationIsTakenBackAsFarAsItWasDone() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.migration(
                                "1",
                                List.of(
                                        Plans.script("create table a (n int)"),
                                        Plans.createIndex(
                                                "create index concurrently ia on a (n)", "a", "ia"),
                                        Plans.script("select 1/0")),
                                Optional.of(
                                        List.of(
                                                Plans.script("select 'never run', 1/0"),
                                                Plans.dropIndex("ia"),
                                                Plans.script("drop table a")))));
        fixture.apply(plan);
        assertThat(fixture.exists("ia")).isTrue();
        // when
        fixture.rollBack(plan);
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseRolledBack");
        assertThat(fixture.exists("a")).isFalse();
    }

    private StepOutcome outcome() {
        List<StepSucceeded> steps = fixture.events(StepSucceeded.class);
        return steps.get(steps.size() - 1).outcome();
    }

    private static Plan statement(String sql, Probe probe) {
        return Plans.sql(
                Plans.migration(
                        "1", List.of(new StatementStep(List.of(), sql, probe)), Optional.empty()));
    }

    private static Plan detach(String version, String partition) {
        Probe probe =
                new Probe.PartitionDetached(Optional.empty(), "p", Optional.empty(), partition);
        return Plans.sql(
                Plans.migration(
                        version,
                        List.of(
                                new StatementStep(
                                        List.of(),
                                        "alter table p detach partition "
                                                + partition
                                                + " concurrently",
                                        probe)),
                        Optional.empty()));
    }

    private void started() {
        CutOff.untilStarted(fixture, INDEX, "t");
    }
}
