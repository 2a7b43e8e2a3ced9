package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScriptExecutionIT {
    private static final Plan THREE =
            Plans.sql(
                    Plans.migration("1", "create table a (id int)", "drop table a"),
                    Plans.migration("2", "create table b (id int)", "drop table b"),
                    Plans.migration("3", "create table c (id int)", "drop table c"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void appliesEveryMigrationAndReportsEachStepInSequence() {
        // when
        ExecutionEnd end = fixture.apply(THREE);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.eventNames())
                .containsExactly(
                        "OrderAccepted",
                        "StepSucceeded",
                        "StepSucceeded",
                        "StepSucceeded",
                        "DatabaseApplied");
        assertThat(fixture.reports)
                .extracting(Envelope::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(fixture.exists("c")).isTrue();
        assertThat(fixture.events(DatabaseApplied.class).get(0).version()).isEqualTo("3");
        assertThat(fixture.value("select reported from skein.target")).isEqualTo("5");
    }

    @Test
    void whatIsReportedIsWhatTheLedgerHoldsWithTheTimeThatTheStepTook() {
        // given
        Plan slow = Plans.sql(Plans.oneWay("1", "select pg_sleep(0.05)"));
        // when
        fixture.apply(slow);
        // then
        StepSucceeded step = fixture.events(StepSucceeded.class).get(0);
        assertThat(step.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(fixture.value("select report from skein.ledger where kind = 'done'"))
                .contains("\"elapsed\":\"" + step.elapsed() + "\"");
    }

    @Test
    void appliesOnceHoweverOftenItIsOrdered() {
        // given
        fixture.apply(THREE);
        fixture.reports.clear();
        // when
        fixture.apply(THREE);
        // then
        assertThat(fixture.eventNames()).containsExactly("OrderAccepted", "DatabaseApplied");
        assertThat(fixture.value("select count(*) from skein.ledger where kind = 'done'"))
                .isEqualTo("3");
    }

    @Test
    void sameOrderExecutedAgainRunsNothingAndReportsTheSame() {
        // given
        var order = fixture.nextOrder(OrderKind.APPLY);
        fixture.execute(order, THREE);
        var first = java.util.List.copyOf(fixture.reports);
        fixture.reports.clear();
        // when
        ExecutionEnd end = fixture.execute(order, THREE);
        // then: the same events, which a log that has them drops
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.reports).isEqualTo(first);
        assertThat(fixture.value("select count(*) from skein.ledger where kind = 'done'"))
                .isEqualTo("3");
    }

    @Test
    void failingScriptLeavesNothingAndWhatWasBeforeStays() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.oneWay("1", "create table a (id int)"),
                        Plans.oneWay("2", "create table b (id int);\nselect 1/0"));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.exists("a")).isTrue();
        assertThat(fixture.exists("b")).isFalse();
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("sql-error");
        assertThat(failed.failure().sqlState()).contains("22012");
        assertThat(failed.progress()).hasToString("1/2");
        assertThat(failed.failure().message())
                .isEqualTo(
                        "step 2/2 of r-1 (2, up 1): division by zero, V2__migration.sql,"
                                + " line 2 of the step");
    }

    @Test
    void syntaxErrorNamesTheLineOfTheScript() {
        // given
        Plan plan = Plans.sql(Plans.oneWay("1", "create table a (id int);\n\nselekt 1"));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .contains("syntax error at or near \"selekt\"", "line 3");
        assertThat(fixture.exists("a")).isFalse();
    }

    @Test
    void rollsBackNewestFirstWhatThisRolloutApplied() {
        // given
        fixture.apply(THREE);
        fixture.reports.clear();
        // when
        fixture.rollBack(THREE);
        // then
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().migration())
                .containsExactly("3", "2", "1");
        assertThat(fixture.events(DatabaseRolledBack.class).get(0).version()).isEmpty();
        assertThat(fixture.exists("a")).isFalse();
    }

    @Test
    void whatIsRolledBackCanBeAppliedAgain() {
        // given
        fixture.apply(THREE);
        fixture.rollBack(THREE);
        // when
        fixture.apply(THREE);
        // then
        assertThat(fixture.exists("a")).isTrue();
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
    }

    @Test
    void rollbackWithoutAnythingToTakeBackEndsAtOnce() {
        // when
        fixture.rollBack(THREE);
        // then
        assertThat(fixture.eventNames()).containsExactly("OrderAccepted", "DatabaseRolledBack");
    }

    @Test
    void migrationWithoutWayBackMakesTheDatabaseIrreversibleBeforeAnythingRuns() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.oneWay("1", "create table a (id int)"),
                        Plans.migration("2", "create table b (id int)", "drop table b"));
        fixture.apply(plan);
        // when
        fixture.rollBack(plan);
        // then
        assertThat(fixture.events(DatabaseIrreversible.class).get(0).migration()).isEqualTo("1");
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void migrationOfAnotherRolloutOnTopIsNotPulledFromUnder() {
        // given
        Plan first = Plans.sql(Plans.migration("1", "create table a (id int)", "drop table a"));
        fixture.rollout("r-1").apply(first);
        fixture.rollout("r-2").apply(THREE);
        // when
        fixture.rollout("r-1").rollBack(first);
        // then
        assertThat(fixture.events(DatabaseIrreversible.class).get(0).reason())
                .contains("migration 2 was applied after it by rollout r-2");
    }

    @Test
    void ledgerRefusesALowerEpochThanItHoldsP8() {
        // given
        fixture.execute(fixture.order(OrderKind.APPLY, 7), Plans.sql(THREE.migrations().get(0)));
        var older = fixture.order(OrderKind.APPLY, 6);
        fixture.reports.clear();
        // when
        ExecutionEnd end = fixture.execute(older, THREE);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(fixture.eventNames()).containsOnly("DatabaseFailed");
        assertThat(fixture.exists("b")).isFalse();
    }

    @Test
    void staleHandIsRefusedInTheTransactionOfItsStep() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.oneWay("1", "create table a (id int)"),
                        Plans.oneWay("2", "create table b (id int)"));
        var order = fixture.order(OrderKind.APPLY, 1);
        // when: somebody accepts a higher epoch between two steps, which the lock should prevent
        var end =
                ExecutionFixture.await(
                        fixture.begin(
                                order,
                                plan,
                                () -> {
                                    if (fixture.exists("a")) {
                                        fixture.execute("update skein.target set epoch = 9");
                                    }
                                    return dev.skein.engine.execution.Permit.go();
                                }));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(fixture.exists("b")).isFalse();
    }

    @Test
    void scriptThatEndsItsTransactionIsFoundOut() {
        // given
        Plan plan = Plans.sql(Plans.oneWay("1", "create table a (id int); commit"));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("transaction-escaped");
        assertThat(fixture.value("select count(*) from skein.ledger where kind = 'done'"))
                .isEqualTo("0");
    }

    @Test
    void whatAScriptSetsDoesNotReachTheRecordsOrTheNextStep() {
        // given
        fixture.execute("create role agent_nobody");
        Plan plan =
                Plans.sql(
                        Plans.oneWay(
                                "1",
                                "create table a (id int); set search_path to '';"
                                        + " set client_encoding to 'latin1';"
                                        + " set standard_conforming_strings to off;"
                                        + " reset all; set role agent_nobody"),
                        Plans.oneWay("2", "create table b (note text default 'ü')"));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
        assertThat(fixture.exists("public.b")).isTrue();
        fixture.execute("drop role agent_nobody");
    }

    @Test
    void emptyMigrationGetsItsRowInTheVersionTable() {
        // given
        Plan plan =
                Plans.sql(Plans.migration("1", java.util.List.of(), java.util.Optional.empty()));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.eventNames())
                .containsExactly("OrderAccepted", "StepSucceeded", "DatabaseApplied");
    }
}
