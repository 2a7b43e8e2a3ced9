package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KnexExecutionIT {
    private static final String ROWS =
            "select string_agg(name || ' ' || batch, ', ' order by id) from knex_migrations";
    private static final Plan ONE =
            Plans.of(
                    Framework.KNEX,
                    Plans.migration("1_a.js", "create table a (n int)", "drop table a"));
    private static final Plan THREE =
            Plans.of(
                    Framework.KNEX,
                    ONE.migrations().get(0),
                    Plans.migration("2_b.js", "create table b (n int)", "drop table b"),
                    Plans.migration("3_c.ts", "create table c (n int)", "drop table c"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void migrationsOfOneRolloutAreOneBatch() {
        // given
        fixture.apply(ONE);
        // when
        fixture.rollout("r-2").apply(THREE);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 1, 2_b.js 2, 3_c.ts 2");
        assertThat(fixture.events(DatabaseApplied.class).get(1).version()).isEqualTo("3_c.ts");
    }

    @Test
    void rollbackDeletesTheRolloutsRows() {
        // given
        fixture.apply(ONE);
        fixture.rollout("r-2").apply(THREE);
        // when
        fixture.rollBack(THREE);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 1");
    }

    @Test
    void rowOfSomebodyElseInBetweenEndsTheBatch() {
        // given
        fixture.apply(ONE);
        fixture.execute(
                "insert into knex_migrations (name, batch, migration_time)"
                        + " values ('2_b.js', 2, now()); create table b (n int)");
        // when
        fixture.apply(THREE);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 1, 2_b.js 2, 3_c.ts 3");
        assertThat(fixture.exists("c")).isTrue();
    }

    @Test
    void migrationThatThePlanDoesNotKnowIsRefusedAsKnexDoes() {
        // given
        fixture.apply(ONE);
        fixture.execute("update knex_migrations set name = '0_z.js'");
        // when
        fixture.apply(ONE);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("unknown-version");
    }

    @Test
    void missingMigrationInTheMiddleIsAppliedAsKnexDoes() {
        // given
        fixture.apply(THREE);
        fixture.execute("delete from knex_migrations where name = '2_b.js'; drop table b");
        // when
        fixture.rollout("r-2").apply(THREE);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 1, 3_c.ts 1, 2_b.js 2");
        assertThat(fixture.events(DatabaseApplied.class).get(1).version()).isEqualTo("3_c.ts");
    }

    @Test
    void migrationThatKnexAppliedMeanwhileIsNotAppliedTwice() {
        // given
        fixture.apply(ONE);
        // when
        fixture.applyAfter(
                () ->
                        fixture.execute(
                                "create table b (n int); insert into knex_migrations"
                                        + " (name, batch, migration_time)"
                                        + " values ('2_b.js', 9, now())"),
                THREE);
        // then
        assertThat(fixture.value(ROWS)).isEqualTo("1_a.js 1, 2_b.js 9, 3_c.ts 10");
    }
}
