package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepRetried;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Skein's own statements in a database whose owner has set traps for whoever comes with more rights
 * (PostgreSQL, "Usage Patterns" of schemas; CVE-2018-1058).
 */
final class OwnPathIT {
    private static final Migration[] TWO = {
        Plans.root("1", "create table one (n int)", "drop table one"),
        Plans.root("2", "create table two (n int)", "drop table two")
    };

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private String tenant;

    @BeforeEach
    void giveDatabaseToTheTenant() {
        tenant = Traps.tenantOf(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertNothingCaught() {
        assertThat(Traps.caught(fixture)).isNull();
        assertThat(Traps.isSuperuser(fixture, tenant)).isFalse();
    }

    private static Plan plan(Framework framework) {
        return framework == Framework.ALEMBIC
                ? Plans.of(framework, TWO[0], Plans.revision("two", "1"))
                : Plans.of(framework, TWO);
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void nothingOfTheTenantsIsCalledByAnOrderOrItsRollback(Framework framework) {
        // given
        Traps.plant(fixture, tenant);
        Plan plan = plan(framework);
        // when
        fixture.apply(plan);
        fixture.apply(plan);
        fixture.rollBack(plan);
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(3);
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(fixture.value("select pg_catalog.to_regclass('public.two')")).isNotNull();
        assertNothingCaught();
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void nothingOfTheTenantsIsCalledByASurveyOrAnAdoption(Framework framework) {
        // given
        Plan plan = plan(framework);
        fixture.apply(plan);
        fixture.execute("drop schema skein cascade");
        Traps.plant(fixture, tenant);
        // when
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan);
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        // then
        assertThat(fixture.events(DatabaseSurveyed.class)).hasSize(2);
        assertThat(fixture.events(DatabaseAdopted.class)).hasSize(1);
        assertNothingCaught();
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void nothingOfTheTenantsIsCalledWhenAStatementFailsAndIsRepaired(Framework framework) {
        // given
        fixture.execute("create table public.t (n int); insert into public.t values (1), (1)");
        Traps.plant(fixture, tenant);
        Migration index =
                new Migration(
                        TWO[0].kind(),
                        "1",
                        "an index",
                        "V1__index.sql",
                        Optional.of("7"),
                        List.of(
                                Plans.createIndex(
                                        "create unique index concurrently i on t (n)", "t", "i")),
                        Optional.empty(),
                        Optional.of(List.of()),
                        Optional.empty(),
                        Optional.empty());
        Plan plan = Plans.of(framework, index);
        // when
        fixture.apply(plan);
        fixture.execute("truncate public.t");
        fixture.repair(Repair.BOOKS).apply(plan);
        // then
        assertThat(fixture.events(DatabaseFailed.class)).hasSize(1);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertNothingCaught();
    }

    @Test
    void nothingOfTheTenantsIsCalledByTheProbeOfAStatementThatWasCutOff() {
        // given
        fixture.execute("create table public.t (n int)");
        Plan plan =
                Plans.sql(
                        Plans.migration(
                                "1",
                                List.of(
                                        Plans.createIndex(
                                                "create index concurrently i on t (n)", "t", "i")),
                                Optional.empty()));
        CutOff.untilStarted(fixture, plan, "public.t");
        Traps.plant(fixture, tenant);
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(
                        fixture.value(
                                "select pg_catalog.count(*) from pg_catalog.pg_index where"
                                        + " indexrelid operator(pg_catalog.=)"
                                        + " 'public.i'::pg_catalog.regclass and indisvalid"))
                .isEqualTo("1");
        assertNothingCaught();
    }

    @Test
    void whoHoldsALockIsSeenPastTheTraps() throws SQLException {
        // given
        fixture.execute("create table public.t (n int)");
        Traps.plant(fixture, tenant);
        fixture.lockTimeout(Duration.ofSeconds(1)).attempts(2);
        try (Connection blocker = fixture.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table public.t in access exclusive mode");
            // when
            fixture.apply(Plans.sql(Plans.oneWay("1", "alter table public.t add m int")));
        }
        // then
        assertThat(fixture.events(StepRetried.class).get(0).failure().blockers()).hasSize(1);
        assertNothingCaught();
    }

    @Test
    void whoHoldsTheVersionTablesLockIsSeenPastTheTraps() throws SQLException {
        // given: Prisma's own key
        Traps.plant(fixture, tenant);
        fixture.patience(Duration.ofSeconds(1));
        try (Connection prisma = fixture.connect();
                Statement statement = prisma.createStatement()) {
            statement.execute("select pg_catalog.pg_advisory_lock(72707369)");
            // when
            fixture.apply(Plans.of(Framework.PRISMA, TWO));
        }
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().blockers()).hasSize(1);
        assertNothingCaught();
    }

    @Test
    void scriptsAndWhatTheyPutOffToTheCommitRunOnTheTeamsPath() {
        // given
        fixture.execute(
                "create schema app; create table app.log (n int); create table app.t (n int);"
                        + " create function app.note() returns trigger language plpgsql as"
                        + " 'begin insert into log values (new.n); return null; end';"
                        + " create constraint trigger late after insert on app.t deferrable"
                        + " initially deferred for each row execute function app.note();"
                        + " alter database "
                        + fixture.name
                        + " set search_path = app, public");
        // when
        fixture.apply(Plans.flyway(Plans.oneWay("1", "insert into t values (7)")));
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.value("select n from app.log")).isEqualTo("7");
        assertThat(fixture.exists("app.flyway_schema_history")).isTrue();
    }

    @Test
    void temporaryTablesOfAScriptAreNotTakenForTheCatalogue() {
        // given
        Plan plan =
                Plans.flyway(
                        Plans.oneWay(
                                "1",
                                "create temporary table pg_class as table pg_catalog.pg_class"
                                        + " with no data; create table t (n int)"),
                        Plans.migration(
                                "2",
                                List.of(
                                        Plans.createIndex(
                                                "create index concurrently i on t (n)", "t", "i")),
                                Optional.empty()));
        // when
        fixture.apply(plan);
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
    }
}
