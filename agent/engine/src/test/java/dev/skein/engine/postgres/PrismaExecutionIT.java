package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.version.VersionTables;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PrismaExecutionIT {
    private static final String ROWS =
            "select string_agg(migration_name || ' ' || applied_steps_count"
                    + " || case when finished_at is null then '' else ' finished' end"
                    + " || case when rolled_back_at is null then '' else ' rolled-back' end"
                    + " || case when logs is null then '' else ' logs' end,"
                    + " ', ' order by started_at) from _prisma_migrations";
    private static final Plan TWO =
            Plans.of(
                    Framework.PRISMA,
                    Plans.migration("1_a", "create table a (n int)", "drop table a"),
                    Plans.migration("2_b", "create table b (n int)", "drop table b"));
    private static final Plan UNIQUE_INDEX =
            Plans.of(
                    Framework.PRISMA,
                    Plans.migration(
                            "1_i",
                            List.of(
                                    Plans.createIndex(
                                            "create unique index concurrently i on t (n)",
                                            "t",
                                            "i")),
                            Optional.of(List.of(Plans.dropIndex("i")))));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void migrationInOneTransactionHasOneFinishedRow() {
        // when
        fixture.apply(TWO);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a 1 finished, 2_b 1 finished");
        assertThat(fixture.events(DatabaseApplied.class).get(0).version()).isEqualTo("2_b");
    }

    @Test
    void rowsOfMigrationsTakenBackStayAsRolledBack() {
        // given
        fixture.apply(TWO);
        // when
        fixture.rollBack(TWO);
        fixture.apply(TWO);
        // then
        assertThat(fixture.value(ROWS))
                .isEqualTo(
                        "1_a 1 finished rolled-back, 2_b 1 finished rolled-back,"
                                + " 1_a 1 finished, 2_b 1 finished");
    }

    @Test
    void failedStatementLeavesItsErrorAndTheNextAttemptBeginsAnotherRow() {
        // given
        fixture.execute("create table t (n int); insert into t values (1), (1)");
        fixture.apply(UNIQUE_INDEX);
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 0 logs");
        assertThat(fixture.value("select logs from _prisma_migrations"))
                .contains("could not create unique index");
        fixture.execute("delete from t");
        // when
        fixture.apply(UNIQUE_INDEX);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 0 rolled-back logs, 1_i 1 finished");
    }

    @Test
    void interruptedMigrationIsFinishedInItsOwnRow() {
        // given
        fixture.execute("create table t (n int)");
        CutOff.untilStarted(fixture, UNIQUE_INDEX, "t");
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 0");
        // when
        fixture.apply(UNIQUE_INDEX);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 1 finished");
    }

    @Test
    void interruptedMigrationTakenBackIsRolledBack() {
        // given
        fixture.execute("create table t (n int)");
        CutOff.untilStarted(fixture, UNIQUE_INDEX, "t");
        // when
        fixture.rollBack(UNIQUE_INDEX);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 0 rolled-back");
    }

    @Test
    void scriptsBehindOneAnotherShareOneRowThatIsUnfinishedBetweenThem() {
        // given
        Plan plan =
                Plans.of(
                        Framework.PRISMA,
                        Plans.migration(
                                "1_i",
                                List.of(
                                        Plans.script("create table t (n int)"),
                                        Plans.createIndex(
                                                "create index concurrently i on t (n)", "t", "i"),
                                        Plans.script("create table u (n int unknown)")),
                                Optional.empty()));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 0 logs");
        assertThat(fixture.exists("i")).isTrue();
    }

    @Test
    void migrationThatPrismaLeftUnfinishedIsForAPersonToSeeTo() {
        // given
        fixture.apply(TWO);
        fixture.execute(
                "update _prisma_migrations set finished_at = null where"
                        + " migration_name = '2_b'; drop schema skein cascade");
        fixture.reports.clear();
        // when
        fixture.apply(TWO);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("failed-row");
        assertThat(failed.failure().message())
                .isEqualTo(
                        "the version table says that migration 2_b failed or is not finished, and"
                                + " it was not Skein that ran it; see what it left behind and take"
                                + " that back by hand, then 'skein database repair pg-1/"
                                + fixture.name
                                + "' mends the table");
        // when
        fixture.execute(
                VersionTables.of(TWO, "public", fixture.database, new RolloutId("r-1"))
                        .repair()
                        .orElseThrow());
        fixture.execute("drop table b");
        fixture.apply(TWO);
        // then
        assertThat(fixture.value(ROWS))
                .isEqualTo("1_a 1 finished, 2_b 1 rolled-back, 2_b 1 finished");
    }

    @Test
    void migrationThatPrismaAppliedMeanwhileIsNotAppliedTwice() {
        // when
        fixture.applyAfter(
                () ->
                        fixture.execute(
                                "create table a (n int); insert into _prisma_migrations"
                                        + " (id, checksum, migration_name, finished_at,"
                                        + " applied_steps_count) select 'x', '"
                                        + TWO.migrations().get(0).checksum().orElseThrow()
                                        + "', '1_a', now(), 1"),
                TWO);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a 1 finished, 2_b 1 finished");
        assertThat(fixture.events(StepSucceeded.class)).hasSize(1);
    }

    @Test
    void personRunningPrismaIsWaitedFor() throws SQLException {
        // given
        try (Connection prisma = fixture.connect();
                Statement statement = prisma.createStatement()) {
            statement.execute("select pg_advisory_lock(72707369)");
            // when
            fixture.patience(Duration.ofMillis(200)).apply(TWO);
        }
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .startsWith("a run of prisma holds the lock: pid ");
    }

    @Test
    void textThatPrismaCallsUnchangedIsNoMismatch() {
        // given
        fixture.apply(TWO);
        fixture.execute("update _prisma_migrations set checksum = 'with crlf'");
        Plan equivalent =
                new Plan(
                        Framework.PRISMA,
                        Optional.empty(),
                        TWO.migrations().stream().map(PrismaExecutionIT::withEquivalent).toList());
        // when
        fixture.apply(equivalent);
        // then
        assertThat(fixture.events(DatabaseFailed.class)).isEmpty();
    }

    private static Migration withEquivalent(Migration migration) {
        return new Migration(
                migration.kind(),
                migration.version(),
                migration.description(),
                migration.script(),
                migration.checksum(),
                migration.up(),
                migration.down(),
                Optional.empty(),
                Optional.of(List.of("with crlf")),
                Optional.empty());
    }
}
