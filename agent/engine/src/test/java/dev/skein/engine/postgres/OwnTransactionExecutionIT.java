package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.StatementStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts with transactions of their own, cut off at every point where that matters. */
final class OwnTransactionExecutionIT {
    private static final String TABLE = "create table t (n int)";
    private static final String WHOLE =
            "begin; create table a (n int); insert into a values (1);"
                    + " alter table t add m int; commit;";
    private static final String PARTS =
            "begin; create table a (n int); commit; begin; alter table t add m int; commit;";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @BeforeEach
    void createTable() {
        fixture.execute(TABLE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Plan plan(String sql, Atomicity atomicity) {
        return Plans.sql(
                Plans.migration(
                        "1",
                        List.of(
                                new StatementStep(List.of(), sql, new Probe.Undecidable())
                                        .with(atomicity)),
                        Optional.empty()));
    }

    /** The plan with what its step does to a database that has the table. */
    private static Plan rehearsed(String sql, Atomicity atomicity) {
        String scratch = TestServers.freshDatabase("rehearsal");
        TestServers.postgres().execute(scratch, TABLE);
        RehearsedStep step = RehearsalSteps.up(plan(sql, atomicity), "1", scratch, sql);
        return plan(sql, atomicity)
                .rehearsed(new Rehearsal(Instant.EPOCH, "15", Optional.empty(), List.of(step)));
    }

    private StepOutcome outcome() {
        List<StepSucceeded> done = fixture.events(StepSucceeded.class);
        assertThat(done).hasSize(1);
        return done.get(0).outcome();
    }

    private String failure() {
        List<DatabaseFailed> failed = fixture.events(DatabaseFailed.class);
        return failed.get(failed.size() - 1).failure().message();
    }

    @Test
    void scriptCutOffInItsTransactionLeftNothingAndRunsAgain() {
        // given
        Plan plan = rehearsed(WHOLE, Atomicity.ATOMIC);
        CutOff.untilStarted(fixture, plan, "t");
        // when
        fixture.apply(plan);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.EXECUTED);
        assertThat(fixture.value("select count(*) from a")).isEqualTo("1");
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    @Test
    void scriptCutOffBehindItsTransactionIsFoundDone() {
        // given
        Plan plan = rehearsed(WHOLE, Atomicity.ATOMIC);
        CutOff.untilStarted(fixture, plan, "t");
        fixture.execute(WHOLE);
        // when
        fixture.apply(plan);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.FOUND_DONE);
        assertThat(fixture.value("select count(*) from a")).isEqualTo("1");
    }

    @Test
    void scriptCutOffBetweenItsTransactionsWaitsUntilAPersonHasSeenToIt() {
        // given
        Plan plan = rehearsed(PARTS, Atomicity.SCHEMA_ONLY);
        CutOff.untilStarted(fixture, plan, "t");
        // when
        fixture.apply(plan);
        // then
        assertThat(failure())
                .contains("an earlier run was interrupted half way: column public.a.n as after,")
                .contains("column public.t.m as before, table public.a as after (compared with")
                .contains("the rehearsal on PostgreSQL 15); look at the database")
                .contains("skein database repair pg-1/" + fixture.name + " --step-done");
        // when
        fixture.execute("drop table a");
        fixture.apply(plan);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.EXECUTED);
        assertThat(fixture.exists("a")).isTrue();
    }

    @Test
    void personsWordIsTakenWhereTheCatalogueDoesNotDecide() {
        // given
        Plan plan = rehearsed(PARTS, Atomicity.SCHEMA_ONLY);
        CutOff.untilStarted(fixture, plan, "t");
        fixture.execute("alter table t add m bigint");
        // when
        fixture.repair(Repair.STEP_DONE).apply(plan);
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.DECLARED_DONE);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    @Test
    void personWhoTookItBackHasItRunAgainWithoutARehearsal() {
        // given
        CutOff.untilStarted(fixture, plan(PARTS, Atomicity.SCHEMA_ONLY), "t");
        fixture.execute("drop table a");
        // when
        fixture.repair(Repair.STEP_NOT_DONE).apply(plan(PARTS, Atomicity.SCHEMA_ONLY));
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.EXECUTED);
        assertThat(fixture.exists("a")).isTrue();
    }

    @Test
    void scriptThatIsRefusedInItsOwnTransactionLeavesTheSessionUsable() {
        // given
        String sql = "begin; create table a (n int); alter table absent add m int; commit;";
        // when
        fixture.apply(plan(sql, Atomicity.ATOMIC));
        // then
        assertThat(failure()).contains("relation \"absent\" does not exist");
        assertThat(fixture.value("select count(*) from skein.ledger where kind = 'ended'"))
                .isEqualTo("1");
        // when
        fixture.execute("create table absent ()");
        fixture.apply(plan(sql, Atomicity.ATOMIC));
        // then
        assertThat(outcome()).isEqualTo(StepOutcome.EXECUTED);
    }

    @Test
    void scriptThatIsRefusedBetweenItsTransactionsSaysWhatMayHaveStayed() {
        // given
        String sql = "begin; create table a (n int); commit; begin; alter table absent add m int;";
        // when
        fixture.apply(plan(sql + " commit;", Atomicity.SCHEMA_ONLY));
        // then
        assertThat(failure())
                .contains(
                        "relation \"absent\" does not exist, V1__migration.sql, line 1 of the step;"
                            + " what the script committed before that may have stayed; look at the"
                            + " database");
        // when
        fixture.apply(plan(sql + " commit;", Atomicity.SCHEMA_ONLY));
        // then
        assertThat(failure()).contains("because the plan was not rehearsed");
    }
}
