package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.postgres.FakeFramework.Conduct;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations that the framework runs itself, between two that were recorded. */
final class DelegatedExecutionIT {
    private static final String RUN_SESSIONS =
            "select count(*) from pg_stat_activity where datname = current_database() and"
                    + " application_name like 'skein-run/%'";

    private static final String ROWS =
            "select coalesce(string_agg(name, ' ' order by id), '') from knex_migrations";
    private static final String LOCKED = "select is_locked from knex_migrations_lock";
    private static final Plan PLAN = plan(Atomicity.ATOMIC);

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private final FakeFramework framework = new FakeFramework(fixture);

    private static Plan plan(Atomicity atomicity) {
        Step run =
                new DelegatedStep(
                        "billing",
                        "2_b.js",
                        Optional.empty(),
                        true,
                        atomicity,
                        new TreeMap<>(),
                        "it reads rows");
        return Plans.of(
                Framework.KNEX,
                Plans.migration("1_a.js", "create table a (n int)", "drop table a"),
                Plans.migration("2_b.js", List.of(run), Optional.of(List.of(run))),
                Plans.migration("3_c.js", "create table c (n int)", "drop table c"));
    }

    @BeforeEach
    void runWithTheFramework() {
        fixture.runningWith(framework);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void runsBetweenRecordedStepsAndBack() {
        // when
        fixture.apply(PLAN);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
        // One batch, as after 'knex migrate:latest': its rollback takes the rollout back.
        assertThat(fixture.value("select string_agg(batch::text, ' ') from knex_migrations"))
                .isEqualTo("1 1 1");
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(StepSucceeded::version)
                .containsExactly(
                        Optional.of("1_a.js"), Optional.of("2_b.js"), Optional.of("3_c.js"));
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(StepSucceeded::output)
                .containsExactly(Optional.empty(), Optional.of("output"), Optional.empty());
        // when
        fixture.rollBack(PLAN);
        // then
        assertThat(fixture.value(ROWS)).isEmpty();
        assertThat(fixture.exists("b")).isFalse();
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(framework.runs()).containsExactly("up 2_b.js", "down 2_b.js");
    }

    @Test
    void failureThatChangedNothingIsRetriedOnlyWherePassing() {
        // given
        framework.then(Conduct.FAILS_IN_PASSING, Conduct.FAILS);
        // when
        fixture.apply(PLAN);
        // then
        assertThat(failure().code()).isEqualTo("runner-failed");
        assertThat(failure().message()).contains("the program says no");
        assertThat(framework.runs()).containsExactly("up 2_b.js", "up 2_b.js");
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js");
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
    }

    private StepFailure failure() {
        List<DatabaseFailed> failed = fixture.events(DatabaseFailed.class);
        return failed.get(failed.size() - 1).failure();
    }

    @Test
    void versionTableIsBelievedRatherThanTheProgram() {
        // given
        framework.then(Conduct.FAILS_AFTER_COMMIT);
        // when
        fixture.apply(PLAN);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(StepSucceeded::outcome)
                .contains(StepOutcome.FOUND_DONE);
    }

    @Test
    void successThatChangedNothingHereIsAFailure() {
        // given
        framework.then(Conduct.NOTHING);
        // when
        fixture.apply(PLAN);
        // then
        assertThat(failure().code()).isEqualTo("runner-without-effect");
        assertThat(failure().message()).contains("which database the runner's environment names");
        assertThat(fixture.exists("c")).isFalse();
    }

    @Test
    void runOfMoreThanItsMigrationIsAFailure() {
        // given
        framework.then(Conduct.MORE);
        // when
        fixture.apply(PLAN);
        // then
        assertThat(failure().code()).isEqualTo("runner-did-more");
        assertThat(failure().message())
                .contains("has migration 3_c.js besides", "; it printed: output;");
    }

    @Test
    void runThatOutlivesItsExecutionIsAwaited() {
        // given
        framework.then(Conduct.WAITS);
        Future<ExecutionEnd> end =
                fixture.begin(fixture.nextOrder(OrderKind.APPLY), PLAN, Permit::go);
        ExecutionFixture.await(framework.begun());
        // when
        fixture.terminateExecution();
        framework.goOn();
        ExecutionFixture.await(end);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
        assertThat(framework.runs()).containsExactly("up 2_b.js");
    }

    @Test
    void pauseWaitsForARunThatOutlivesItsExecution() {
        // given
        framework.then(Conduct.WAITS);
        fixture.begin(fixture.nextOrder(OrderKind.APPLY), PLAN, Permit::go);
        ExecutionFixture.await(framework.begun());
        fixture.terminateExecution();
        // when
        Future<ExecutionEnd> next =
                fixture.begin(
                        fixture.nextOrder(OrderKind.APPLY),
                        PLAN,
                        () -> Permit.paused(1).inDoubt(true));
        ExecutionFixture.await(framework.awaited());
        // then
        assertThat(next.isComplete()).isFalse();
        // when
        framework.goOn();
        // then
        assertThat(ExecutionFixture.await(next)).isEqualTo(ExecutionEnd.PAUSED);
    }

    @Test
    void sessionThatADeadProgramLeftIsEnded() {
        // given
        framework.then(Conduct.DIES);
        // when
        fixture.apply(PLAN);
        // then
        assertThat(failure().code()).isEqualTo("runner-failed");
        assertThat(fixture.value(RUN_SESSIONS)).isEqualTo("0");
    }

    @Test
    void abortEndsARun() {
        // given
        framework.then(Conduct.WAITS);
        Future<ExecutionEnd> end =
                fixture.begin(
                        fixture.nextOrder(OrderKind.APPLY),
                        PLAN,
                        () -> framework.begun().isComplete() ? Permit.stopped() : Permit.go());
        // when
        ExecutionFixture.await(end);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js");
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
    }

    @Test
    void interruptedRunOutsideOfATransactionWaitsForAPerson() {
        // given
        Plan plan = plan(Atomicity.NOT_ATOMIC);
        framework.then(Conduct.FAILS);
        fixture.apply(plan);
        assertThat(failure().message()).contains("may have stayed", "--step-not-done");
        // when
        fixture.apply(plan);
        // then
        assertThat(failure().code()).isEqualTo("undecided");
        assertThat(framework.runs()).containsExactly("up 2_b.js");
        // when
        fixture.repair(Repair.STEP_NOT_DONE).apply(plan);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
    }

    @Test
    void lockThatADeadRunLeftIsFreed() {
        // given
        Plan plan = plan(Atomicity.NOT_ATOMIC);
        framework.then(Conduct.DIES_WITH_LOCK);
        // when
        fixture.apply(plan);
        // then
        assertThat(failure().message()).contains("may have stayed");
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
        assertThat(fixture.value("select count(*) from pg_trigger where not tgisinternal"))
                .isEqualTo("0");
        // when
        fixture.repair(Repair.STEP_NOT_DONE).apply(plan);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
    }

    @Test
    void lockThatSomebodyElseTookBesideADeadRunIsLeft() {
        // given
        framework.then(Conduct.DIES_BESIDE_ANOTHER);
        // when
        fixture.patience(Duration.ofMillis(200)).apply(PLAN);
        // then
        assertThat(failure().code()).isEqualTo("locked");
        assertThat(fixture.value(LOCKED)).isEqualTo("1");
        // when
        fixture.execute("update knex_migrations_lock set is_locked = 0");
        fixture.apply(PLAN);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
    }

    /** The program makes a table, and may do more, in transactions of its own. */
    private static Plan rehearsed(Atomicity atomicity) {
        Plan plan = plan(atomicity);
        RehearsedStep step =
                RehearsalSteps.up(
                        plan,
                        "2_b.js",
                        TestServers.freshDatabase("rehearsal"),
                        "create table b (n int)");
        return plan.rehearsed(new Rehearsal(Instant.EPOCH, "15", Optional.empty(), List.of(step)));
    }

    @Test
    void rehearsalTellsAPersonOfTheSchemaAndDecidesNothingOfData() {
        // given
        Plan plan = rehearsed(Atomicity.NOT_ATOMIC);
        framework.then(Conduct.FAILS);
        fixture.apply(plan);
        assertThat(failure().message())
                .contains("what the program committed before that may have stayed")
                .contains("of the schema", "table public.b as before");
        fixture.execute("create table b (n int)");
        // when
        fixture.apply(plan);
        // then
        assertThat(failure().code()).isEqualTo("undecided");
        assertThat(failure().message())
                .contains("its program may change data in a transaction of its own")
                .contains("of the schema", "table public.b as after", "--step-done");
        assertThat(framework.runs()).containsExactly("up 2_b.js");
    }

    @Test
    void schemaOfARunThatTheVersionTableLacksIsNotTakenForDone() {
        // given
        Plan plan = rehearsed(Atomicity.SCHEMA_ONLY);
        framework.then(Conduct.FAILS_HALF_WAY);
        fixture.apply(plan);
        assertThat(failure().message()).contains("may have stayed: ", "table public.b as after");
        // when
        fixture.apply(plan);
        // then
        assertThat(failure().code()).isEqualTo("undecided");
        assertThat(failure().message())
                .contains("the version table lacks it, though the schema does not");
        // when
        fixture.execute("drop table b");
        fixture.apply(plan);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 2_b.js 3_c.js");
    }
}
