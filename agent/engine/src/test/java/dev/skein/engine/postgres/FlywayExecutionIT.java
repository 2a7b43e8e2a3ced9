package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.version.VersionTables;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FlywayExecutionIT {
    private static final String HISTORY =
            "select string_agg(installed_rank || ' ' || coalesce(version, '-') || ' ' || type"
                    + " || ' ' || success, ', ' order by installed_rank)"
                    + " from flyway_schema_history";
    private static final Plan TWO =
            Plans.flyway(
                    Plans.migration("1", "create table a (n int)", "drop table a"),
                    Plans.migration("2", "create table b (n int)", "drop table b"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void appliedMigrationsStandInTheHistoryTable() {
        // when
        fixture.apply(TWO);
        // then
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL true, 2 2 SQL true");
        assertThat(
                        fixture.value(
                                "select description || '|' || script || '|' || checksum || '|'"
                                        + " || installed_by from flyway_schema_history"
                                        + " where version = '1'"))
                .isEqualTo("migration 1|V1__migration.sql|49|postgres");
    }

    @Test
    void migrationsTakenBackAreMarkedAsDeletedAndCanBeAppliedAgain() {
        // given
        fixture.apply(TWO);
        // when
        fixture.rollBack(TWO);
        fixture.apply(TWO);
        // then
        assertThat(fixture.value(HISTORY))
                .isEqualTo(
                        "1 1 SQL true, 2 2 SQL true, 3 2 DELETE true, 4 1 DELETE true,"
                                + " 5 1 SQL true, 6 2 SQL true");
    }

    @Test
    void migrationThatSomebodyElseAppliedIsNeitherRunNorTakenBack() {
        // given
        fixture.apply(Plans.flyway(TWO.migrations().get(0)));
        fixture.execute("drop schema skein cascade");
        fixture.reports.clear();
        // when
        fixture.apply(TWO);
        fixture.rollBack(TWO);
        // then
        assertThat(fixture.events(OrderAccepted.class).get(0).version()).contains("1");
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().migration())
                .containsExactly("2", "2");
        assertThat(fixture.exists("a")).isTrue();
        assertThat(fixture.exists("b")).isFalse();
    }

    @Test
    void whatSomebodyElseAppliedOnTopIsNotPulledFromUnder() {
        // given
        fixture.apply(Plans.flyway(TWO.migrations().get(0)));
        fixture.execute(
                "insert into flyway_schema_history select 2, '2', 'by hand', 'SQL', 'V2__b.sql',"
                        + " null, 'me', now(), 0, true");
        // when
        fixture.rollBack(TWO);
        // then
        assertThat(fixture.events(DatabaseIrreversible.class).get(0).reason())
                .contains("migration 2 was applied after it by somebody else");
    }

    @Test
    void changedTextOfAnAppliedMigrationIsRefused() {
        // given
        fixture.apply(TWO);
        fixture.execute("update flyway_schema_history set checksum = 7 where version = '1'");
        // when
        fixture.apply(TWO);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("checksum-mismatch");
        assertThat(failed.failure().message())
                .contains("migration 1 was applied with checksum 7", "V1__migration.sql has 49");
    }

    @Test
    void failedStatementLeavesFlywaysFailedRowUntilSkeinSucceeds() {
        // given
        fixture.execute("create table t (n int); insert into t values (1), (1)");
        Plan plan =
                Plans.flyway(
                        Plans.migration(
                                "1",
                                List.of(
                                        Plans.createIndex(
                                                "create unique index concurrently i on t (n)",
                                                "t",
                                                "i")),
                                Optional.empty()));
        fixture.apply(plan);
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL false");
        fixture.execute("delete from t");
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL true");
    }

    @Test
    void failedScriptBehindAStatementLeavesOneFailedRowHoweverOftenItFails() {
        // given
        fixture.execute("create table t (n int)");
        Plan plan =
                Plans.flyway(
                        Plans.migration(
                                "1",
                                List.of(
                                        Plans.createIndex(
                                                "create index concurrently i on t (n)", "t", "i"),
                                        Plans.script("insert into missing values (1)")),
                                Optional.empty()));
        fixture.apply(plan);
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL false");
        // when
        fixture.execute("create table missing (n int)");
        fixture.apply(plan);
        // then
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL true");
    }

    @Test
    void failedRowOfSomebodyElseIsForAPersonToSeeTo() {
        // given
        fixture.apply(Plans.flyway(TWO.migrations().get(0)));
        fixture.execute(
                "insert into flyway_schema_history select 2, '2', 'by hand', 'SQL', 'V2__b.sql',"
                        + " null, 'me', now(), 0, false");
        // when
        fixture.apply(TWO);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("failed-row");
        // when
        fixture.execute(
                VersionTables.of(TWO, "public", fixture.database, new RolloutId("r-1"))
                        .repair()
                        .orElseThrow());
        fixture.apply(TWO);
        // then
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL true, 2 2 SQL true");
    }

    @Test
    void repeatableMigrationRunsAgainWhenItsTextChanges() {
        // given
        fixture.apply(Plans.flyway(TWO.migrations().get(0), view("1")));
        fixture.apply(Plans.flyway(TWO.migrations().get(0), view("1")));
        // when
        fixture.apply(Plans.flyway(TWO.migrations().get(0), view("2")));
        // then
        assertThat(fixture.value(HISTORY)).isEqualTo("1 1 SQL true, 2 - SQL true, 3 - SQL true");
        assertThat(fixture.value("select v from the_view")).isEqualTo("2");
    }

    private static Migration view(String value) {
        return new Migration(
                MigrationKind.REPEATABLE,
                "",
                "the view",
                "R__the_view.sql",
                Optional.of(value),
                List.of(
                        new ScriptStep(
                                "create or replace view the_view as select " + value + " v")),
                Optional.empty());
    }

    @Test
    void personRunningFlywayIsWaitedFor() throws SQLException {
        // given: Flyway's own key for "public"."flyway_schema_history"
        try (Connection flyway = fixture.connect();
                Statement statement = flyway.createStatement()) {
            flyway.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(77433833903597)");
            // when
            fixture.patience(Duration.ofMillis(200)).apply(TWO);
        }
        // then
        assertThat(fixture.events(DatabaseUnavailable.class).get(0).failure().message())
                .startsWith("a run of flyway holds the lock: pid ");
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("locked");
        assertThat(fixture.reports).allMatch(report -> report.sequence() == 0);
    }

    @Test
    void tenantSchemaHasAHistoryTableOfItsOwn() {
        // given
        fixture.execute("create schema \"T 1\"");
        try (ExecutionFixture tenant = ExecutionFixture.onSchema(fixture.name, "T 1")) {
            // when
            tenant.apply(TWO);
            // then
            assertThat(tenant.events(DatabaseApplied.class)).hasSize(1);
            assertThat(fixture.exists("\"T 1\".b")).isTrue();
            assertThat(fixture.exists("\"T 1\".flyway_schema_history")).isTrue();
            assertThat(fixture.exists("public.b")).isFalse();
        }
    }

    @Test
    void copyOfADatabaseGoesOnFromWhatTheOriginalHadDone() {
        // given
        fixture.apply(TWO);
        String copy = fixture.name + "_copy";
        fixture.server.execute("postgres", "create database " + copy + " template " + fixture.name);
        Plan three =
                Plans.flyway(
                        TWO.migrations().get(0),
                        TWO.migrations().get(1),
                        Plans.oneWay("3", "create table c (n int)"));
        try (ExecutionFixture other = ExecutionFixture.onDatabase(copy)) {
            // when
            other.execute(other.order(OrderKind.APPLY, 1), three);
            // then
            assertThat(other.eventNames())
                    .containsExactly("OrderAccepted", "StepSucceeded", "DatabaseApplied");
            assertThat(other.reports.get(0).sequence()).isEqualTo(1);
        }
    }
}
