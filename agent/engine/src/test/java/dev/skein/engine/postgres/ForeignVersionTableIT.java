package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.version.VersionTables;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A version table on which the tenant has hung code of its own. */
final class ForeignVersionTableIT {
    private static final String HISTORY = "public.flyway_schema_history";
    private static final String CATCH =
            "begin insert into public.caught values (current_user, 'history');"
                    + " begin execute 'alter role %s superuser'; exception when others then null;"
                    + " end; ";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private String tenant;

    @BeforeEach
    void giveDatabaseToTheTenant() {
        tenant = Traps.tenantOf(fixture);
        asTenant(
                "create function public.spy() returns trigger language plpgsql as $f$ "
                        + CATCH.formatted(tenant)
                        + "return new; end $f$; create function public.spying(v anyelement) returns"
                        + " boolean language plpgsql immutable as $f$ begin perform"
                        + " public.note(); return true; end $f$; create function public.note()"
                        + " returns void language plpgsql as $f$ "
                        + CATCH.formatted(tenant)
                        + "end $f$");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void asTenant(String sql) {
        fixture.execute("set session authorization " + tenant + ";" + sql);
    }

    private static Plan plan(Framework framework, String... versions) {
        return Plans.of(
                framework,
                java.util.Arrays.stream(versions)
                        .map(
                                each ->
                                        Plans.root(
                                                each,
                                                "create table t" + each + " (n int)",
                                                "drop table t" + each))
                        .toArray(dev.skein.protocol.plan.Migration[]::new));
    }

    private static Plan flyway(String... versions) {
        return plan(Framework.FLYWAY, versions);
    }

    /** The table as Flyway left it, in the tenant's hands. */
    private void applyFirst(Framework framework, String table) {
        fixture.apply(plan(framework, "1"));
        fixture.execute("alter table " + table + " owner to " + tenant);
        fixture.reports.clear();
    }

    private StepFailure refusal(Framework framework) {
        fixture.rollBack(plan(framework, "1"));
        fixture.rollout("r-2").apply(plan(framework, "1", "2"));
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan(framework, "1"));
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan(framework, "1"));
        assertThat(fixture.eventNames()).hasSize(4).containsOnly("DatabaseFailed");
        assertThat(fixture.events(DatabaseFailed.class))
                .extracting(DatabaseFailed::failure)
                .allMatch(failure -> failure.code().equals("foreign-version-table"))
                .noneMatch(StepFailure::passing);
        assertThat(Traps.caught(fixture)).isNull();
        assertThat(Traps.isSuperuser(fixture, tenant)).isFalse();
        return fixture.events(DatabaseFailed.class).get(0).failure();
    }

    @ParameterizedTest
    @CsvSource({
        "FLYWAY, flyway_schema_history",
        "ALEMBIC, alembic_version",
        "PRISMA, _prisma_migrations",
        "KNEX, knex_migrations",
        "KNEX, knex_migrations_lock"
    })
    void triggerOfTheTenantIsRefused(Framework framework, String table) {
        // given
        applyFirst(framework, table);
        asTenant(
                "create trigger spy before insert or update on "
                        + table
                        + " for each row execute function public.spy()");
        // then
        assertThat(refusal(framework).message())
                .startsWith("public." + table + " is not written: the trigger spy, which calls")
                .contains("of the role " + tenant)
                .contains("rights of the agent's role postgres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table %s add check (public.spying(script))",
                "alter table %s add more boolean default public.spying(1)",
                "create index on %s ((public.spying(script)))",
                "create policy p on %1$s using (public.spying(script));"
                        + " alter table %1$s enable row level security",
                "create rule r as on insert to %s do also select public.spying(1)",
                "create domain public.odd as text check (public.spying(value));"
                        + " alter table %s add more public.odd",
                "create table public.heir () inherits (%s); create trigger spy before insert or"
                        + " update or delete on public.heir for each row execute function"
                        + " public.spy()",
                "create table public.heir () inherits (%s); create table public.grandchild ("
                        + " check (public.spying(script))) inherits (public.heir)",
            })
    void codeOfTheTenantIsRefusedWhereverItHangs(String hang) {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        asTenant(hang.formatted(HISTORY));
        fixture.execute("truncate public.caught");
        // then
        assertThat(refusal(Framework.FLYWAY).message())
                .startsWith(HISTORY + " is not written: ")
                .contains("of the role " + tenant);
    }

    /** They came with PostgreSQL, and run what the tenant tells them to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table %s add more xml default"
                        + " query_to_xml('select public.note()', true, false, '')",
                "alter table %s add more tsquery default (ts_rewrite('a'::tsquery, 'select"
                        + " public.note()::text::tsquery, null'))",
                "create view public.view as select public.note()::text;"
                        + " alter table %s add more xml default"
                        + " table_to_xml('public.view', true, false, '')",
                "alter table %1$s add more text; alter table %1$s alter more set default"
                        + " pg_read_file('/etc/hostname')",
                "create rule r as on insert to %s do also"
                        + " select query_to_xml('select public.note()', true, false, '')",
            })
    void functionThatRunsATextOfTheTenantIsRefused(String hang) {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        asTenant("delete from " + HISTORY + ";" + hang.formatted(HISTORY));
        fixture.execute("truncate public.caught");
        // then
        assertThat(refusal(Framework.FLYWAY).message())
                .startsWith(HISTORY + " is not written: ")
                .contains("(it runs a text, or not everybody may call it) of the role " + tenant);
    }

    /** What it puts off to the commit runs with the rights of whoever commits. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void foreignKeyThatPassesChangesOnToTheTenantsTableIsRefused(String change) {
        // given
        applyFirst(Framework.ALEMBIC, "alembic_version");
        asTenant(
                ("create table public.follower (version varchar(32) references"
                                + " public.alembic_version on %1$s cascade); insert into"
                                + " public.follower select version_num from public.alembic_version;"
                                + " create constraint trigger spy after %1$s on public.follower"
                                + " deferrable initially deferred for each row execute function"
                                + " public.spy()")
                        .formatted(change));
        // then
        assertThat(refusal(Framework.ALEMBIC).message())
                .startsWith(
                        "public.alembic_version is not written: the foreign key"
                                + " follower_version_fkey of public.follower")
                .contains("of the role " + tenant);
    }

    @Test
    void foreignKeyThatPassesNothingOnIsTaken() {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        asTenant("create table public.follower (rank int references " + HISTORY + ")");
        // when
        fixture.rollout("r-2").apply(flyway("1", "2"));
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
    }

    @Test
    void tableThatInheritsAndCallsNothingIsTaken() {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        asTenant("create table public.heir () inherits (" + HISTORY + ")");
        // when
        fixture.rollout("r-2").apply(flyway("1", "2"));
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table public.heir () inherits (%s)",
                "create trigger spy before insert on %s for each row execute function public.spy()"
            })
    void nothingIsHungOnTheTableBetweenTheLookAndTheWrite(String hang) throws SQLException {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        try (Connection writer = fixture.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute(
                    VersionTables.of(flyway("1"), "public", fixture.database, new RolloutId("r-1"))
                            .trustToWrite());
            // then
            assertThatThrownBy(
                            () -> asTenant("set lock_timeout = '200ms';" + hang.formatted(HISTORY)))
                    .hasMessageContaining("lock timeout");
        }
    }

    @Test
    void viewOfTheTenantInItsPlaceIsRefused() {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        asTenant(
                "alter table flyway_schema_history rename to old; create view flyway_schema_history"
                        + " as select * from old where public.spying(script)");
        // then
        assertThat(refusal(Framework.FLYWAY).message()).contains("of the role " + tenant);
    }

    @Test
    void whatIsHungOnTheTableMeanwhileIsNotCalled() {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        // when
        fixture.rollout("r-2")
                .applyAfter(
                        () ->
                                asTenant(
                                        "create trigger spy before insert on "
                                                + HISTORY
                                                + " for each row execute function public.spy()"),
                        flyway("1", "2"));
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("foreign-version-table");
        assertThat(Traps.caught(fixture)).isNull();
        assertThat(fixture.exists("t2")).isFalse();
    }

    @Test
    void tableOfTheTenantOnWhichNothingHangsIsTaken() {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        // when
        fixture.rollout("r-2").apply(flyway("1", "2"));
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
    }

    @Test
    void triggerOfTheAgentsOwnRoleIsTaken() {
        // given
        applyFirst(Framework.FLYWAY, HISTORY);
        fixture.execute(
                "create function public.audit() returns trigger language plpgsql as 'begin return"
                        + " new; end'; create trigger audit before insert on "
                        + HISTORY
                        + " for each row execute function public.audit()");
        // when
        fixture.rollout("r-2").apply(flyway("1", "2"));
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
    }
}
