package dev.skein.agent.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KnexWalkIT {
    private static final String ROWS =
            "select string_agg(name || ' ' || batch, ', ' order by id) from knex_migrations";
    private static final String LOCKED = "select is_locked from knex_migrations_lock";
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

    private final WalkFixture fixture = WalkFixture.onFreshDatabase();

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
    void lockIsGivenBackWithTheWalk() {
        // when
        fixture.apply(THREE);
        // then
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
        assertThat(fixture.value("select count(*) from skein.framework_lock")).isEqualTo("0");
    }
}
