package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of the version table that went between an apply and what comes after it. */
final class DeletedRowIT {
    private static final String CODE = "version-table-contradicts-ledger";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Plan plan(Framework framework) {
        return framework == Framework.ALEMBIC
                ? Plans.of(framework, Plans.revision("a"), Plans.revision("b", "a"))
                : Plans.of(
                        framework,
                        Plans.migration("1", "create table a (n int)", "drop table a"),
                        Plans.migration("2", "create table b (n int)", "drop table b"));
    }

    private DatabaseFailed failure() {
        assertThat(fixture.events(DatabaseFailed.class)).hasSize(1);
        return fixture.events(DatabaseFailed.class).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "FLYWAY, flyway_schema_history",
        "ALEMBIC, alembic_version",
        "PRISMA, _prisma_migrations",
        "KNEX, knex_migrations"
    })
    void rollbackThatWouldUndoNothingIsRefused(Framework framework, String table) {
        // given
        fixture.apply(plan(framework));
        fixture.execute("delete from " + table);
        // when
        fixture.rollBack(plan(framework));
        // then
        String keys = framework == Framework.ALEMBIC ? "migrations a, b" : "migrations 1, 2";
        assertThat(failure().kind()).isEqualTo(OrderKind.ROLLBACK);
        assertThat(failure().failure().code()).isEqualTo(CODE);
        assertThat(failure().failure().message())
                .contains(keys, table, "skein database repair " + fixture.database);
        assertThat(fixture.events(DatabaseRolledBack.class)).isEmpty();
        assertThat(fixture.exists("b")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "FLYWAY, flyway_schema_history, version, 2",
        "PRISMA, _prisma_migrations, migration_name, 2",
        "KNEX, knex_migrations, name, 1"
    })
    void rollbackThatWouldLeaveOneBehindRunsNothing(
            Framework framework, String table, String column, String key) {
        // given
        fixture.apply(plan(framework));
        fixture.execute("delete from " + table + " where " + column + " = '" + key + "'");
        // when
        fixture.rollBack(plan(framework));
        // then
        assertThat(failure().failure().code()).isEqualTo(CODE);
        assertThat(failure().failure().message()).contains("migration " + key + ",");
        assertThat(fixture.exists("a")).isTrue();
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void personsWordThatTheTableIsRightLetsTheRollbackGoOn() {
        // given
        fixture.apply(plan(Framework.KNEX));
        fixture.execute("delete from knex_migrations where name = '1'; drop table a");
        // when
        fixture.repair(Repair.BOOKS).rollBack(plan(Framework.KNEX));
        // then
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(fixture.exists("b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ALEMBIC, update alembic_version set version_num = 'a'",
        "KNEX, delete from knex_migrations where name = '2'"
    })
    void newestMigrationThatTheFrameworkTookBackIsNotMissed(Framework framework, String back) {
        // given
        fixture.apply(plan(framework));
        fixture.execute(back + "; drop table b");
        // when
        fixture.rollBack(plan(framework));
        // then
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(fixture.exists("a")).isFalse();
    }

    @Test
    void whatFlywaysTableSaysWasTakenBackIsNotMissed() {
        // given
        fixture.apply(plan(Framework.FLYWAY));
        fixture.execute(
                "drop table b; insert into flyway_schema_history select 3, version, description,"
                        + " 'UNDO_SQL', 'U2__migration.sql', null, installed_by, now(), 0, true"
                        + " from flyway_schema_history where version = '2'");
        // when
        fixture.rollBack(plan(Framework.FLYWAY));
        // then
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(fixture.exists("a")).isFalse();
    }

    @Test
    void personWhoWentBackWithTheFrameworkMayApplyAgain() {
        // given
        fixture.apply(plan(Framework.ALEMBIC));
        fixture.execute("update alembic_version set version_num = 'a'; drop table b");
        // when
        fixture.rollout("r-2").apply(plan(Framework.ALEMBIC));
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(fixture.exists("b")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "FLYWAY, flyway_schema_history, version",
        "PRISMA, _prisma_migrations, migration_name"
    })
    void migrationBelowOneThatStandsIsNotRunASecondTime(
            Framework framework, String table, String column) {
        // given
        fixture.apply(plan(framework));
        fixture.execute("delete from " + table + " where " + column + " = '1'");
        Migration third = Plans.migration("3", "create table c (n int)", "drop table c");
        Plan two = plan(framework);
        // when
        fixture.rollout("r-2")
                .apply(
                        Plans.of(
                                framework,
                                two.migrations().get(0),
                                two.migrations().get(1),
                                third));
        // then
        assertThat(failure().failure().code()).isEqualTo(CODE);
        assertThat(failure().failure().message()).contains("migration 1,", table);
        assertThat(fixture.exists("c")).isFalse();
    }

    /** The plan with what each of its steps does to an empty database. */
    private static Plan rehearsed(Framework framework) {
        Plan plan = plan(framework);
        String scratch = TestServers.freshDatabase("rehearsal");
        List<RehearsedStep> steps = new ArrayList<>();
        for (Migration each : plan.migrations()) {
            String sql = each.up().get(0).text();
            steps.add(RehearsalSteps.up(plan, each.key(), scratch, sql));
        }
        return plan.rehearsed(new Rehearsal(Instant.EPOCH, "15", Optional.empty(), steps));
    }

    @ParameterizedTest
    @CsvSource({"APPLY, would run a second time", "ROLLBACK, would leave in the database"})
    void newestRowThatWasDeletedIsToldFromARollbackByTheCatalogue(OrderKind kind, String why) {
        // given
        Plan plan = rehearsed(Framework.KNEX);
        fixture.apply(plan);
        fixture.execute("delete from knex_migrations where name = '2'");
        // when
        if (kind == OrderKind.APPLY) {
            fixture.rollout("r-2").apply(plan);
        } else {
            fixture.rollBack(plan);
        }
        // then
        assertThat(failure().failure().code()).isEqualTo(CODE);
        assertThat(failure().failure().message())
                .contains("migration 2,", why, "skein database repair " + fixture.database);
        assertThat(fixture.exists("a")).isTrue();
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void whatTheCatalogueShowsToBeTakenBackIsAppliedAgain() {
        // given
        Plan plan = rehearsed(Framework.KNEX);
        fixture.apply(plan);
        fixture.execute("delete from knex_migrations where name = '2'; drop table b");
        // when
        fixture.rollout("r-2").apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(fixture.exists("b")).isTrue();
    }
}
