package dev.skein.agent.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PrismaWalkIT {
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

    private final WalkFixture fixture = WalkFixture.onFreshDatabase();

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
        fixture.walkUntilStarted(UNIQUE_INDEX, "t");
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
        fixture.walkUntilStarted(UNIQUE_INDEX, "t");
        // when
        fixture.rollBack(UNIQUE_INDEX);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_i 0 rolled-back");
    }
}
