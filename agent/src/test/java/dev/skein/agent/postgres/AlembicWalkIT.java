package dev.skein.agent.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlembicWalkIT {
    private static final String HEADS =
            "select string_agg(version_num, ',' order by version_num) from alembic_version";
    private static final Plan LINE =
            Plans.of(Framework.ALEMBIC, Plans.revision("aa"), Plans.revision("bb", "aa"));

    /** Two branches from aa, and their merge. */
    private static final Plan DIAMOND =
            Plans.of(
                    Framework.ALEMBIC,
                    Plans.revision("aa"),
                    Plans.revision("bb", "aa"),
                    Plans.revision("cc", "aa"),
                    Plans.revision("dd", "bb", "cc"));

    private final WalkFixture fixture = WalkFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tableHoldsTheHeadAlone() {
        // when
        fixture.apply(LINE);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("bb");
        assertThat(fixture.events(DatabaseApplied.class).get(0).version()).isEqualTo("bb");
        assertThat(
                        fixture.value(
                                "select conname || ' ' || pg_get_constraintdef(oid)"
                                        + " from pg_constraint"
                                        + " where conrelid = 'alembic_version'::regclass"))
                .isEqualTo("alembic_version_pkc PRIMARY KEY (version_num)");
    }

    @Test
    void rollbackLeavesAnEmptyTable() {
        // given
        fixture.apply(LINE);
        // when
        fixture.rollBack(LINE);
        // then
        assertThat(fixture.value(HEADS)).isNull();
        assertThat(fixture.exists("aa")).isFalse();
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
    }

    @Test
    void branchesAreHeadsUntilTheyMerge() {
        // given
        Plan branches =
                Plans.of(Framework.ALEMBIC, DIAMOND.migrations().subList(0, 3).toArray(Plans.NONE));
        fixture.apply(branches);
        assertThat(fixture.value(HEADS)).isEqualTo("bb,cc");
        assertThat(fixture.events(DatabaseApplied.class).get(0).version()).isEqualTo("bb,cc");
        // when
        fixture.rollout("r-2").apply(DIAMOND);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("dd");
        // when
        fixture.rollBack(DIAMOND);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("bb,cc");
        // when
        fixture.rollout("r-1").rollBack(DIAMOND);
        // then
        assertThat(fixture.value(HEADS)).isNull();
    }

    @Test
    void revisionsBelowAHeadThatAlembicWroteAreTheDatabases() {
        // given
        fixture.execute(
                "create table alembic_version (version_num varchar(32) not null);"
                        + "insert into alembic_version values ('bb'); create table aa (n int)");
        // when
        fixture.apply(DIAMOND);
        // then
        assertThat(fixture.events(OrderAccepted.class).get(0).version()).contains("bb");
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().migration())
                .containsExactly("cc", "dd");
        assertThat(fixture.value(HEADS)).isEqualTo("dd");
    }

    @Test
    void headThatThePlanDoesNotKnowIsRefused() {
        // given
        fixture.apply(LINE);
        fixture.execute("update alembic_version set version_num = 'zz'");
        // when
        fixture.apply(LINE);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("unknown-version");
        assertThat(failed.failure().message())
                .isEqualTo(
                        "migration zz is applied in the database and the plan does not know it;"
                                + " build the plan from a directory that has it");
    }
}
