package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule or a trigger that throws away what Skein writes makes the step fail. */
final class SwallowedRowIT {
    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    /** A framework's table, and migrations that make tables {@code a} and {@code b}. */
    private enum RecordTable {
        FLYWAY(Framework.FLYWAY, "flyway_schema_history"),
        ALEMBIC(Framework.ALEMBIC, "alembic_version"),
        PRISMA(Framework.PRISMA, "_prisma_migrations"),
        KNEX(Framework.KNEX, "knex_migrations"),
        LEDGER(Framework.SQL, "skein.ledger");

        private final Framework framework;
        private final String table;

        RecordTable(Framework framework, String table) {
            this.framework = framework;
            this.table = table;
        }

        private Plan plan(int count) {
            List<Migration> migrations =
                    framework == Framework.ALEMBIC
                            ? List.of(Plans.revision("a"), Plans.revision("b", "a"))
                            : List.of(
                                    Plans.migration("1", "create table a (n int)", "drop table a"),
                                    Plans.migration("2", "create table b (n int)", "drop table b"));
            return Plans.of(framework, migrations.subList(0, count).toArray(Migration[]::new));
        }
    }

    /** Ways to throw rows away. */
    private enum Swallowing {
        RULE {
            @Override
            String on(String table) {
                StringBuilder sql = new StringBuilder();
                for (String event : List.of("insert", "update", "delete")) {
                    sql.append("create rule no_" + event + " as on " + event + " to " + table)
                            .append(" do instead nothing;");
                }
                return sql.toString();
            }

            @Override
            String off(String table) {
                return "drop rule no_insert on "
                        + table
                        + "; drop rule no_update on "
                        + table
                        + "; drop rule no_delete on "
                        + table;
            }
        },
        ELSEWHERE {
            @Override
            String on(String table) {
                return "create table elsewhere (like "
                        + table
                        + "); create rule elsewhere as on insert to "
                        + table
                        + " do instead insert into elsewhere values (new.*);"
                        + " create rule no_update as on update to "
                        + table
                        + " do instead nothing; create rule no_delete as on delete to "
                        + table
                        + " do instead nothing;";
            }

            @Override
            String off(String table) {
                return "drop table elsewhere cascade; drop rule no_update on "
                        + table
                        + "; drop rule no_delete on "
                        + table;
            }
        },
        TRIGGER {
            @Override
            String on(String table) {
                return "create function nothing() returns trigger language plpgsql as"
                        + " 'begin return null; end'; create trigger nothing before insert or"
                        + " update or delete on "
                        + table
                        + " for each row execute function nothing()";
            }

            @Override
            String off(String table) {
                return "drop trigger nothing on " + table + "; drop function nothing()";
            }
        };

        abstract String on(String table);

        abstract String off(String table);
    }

    private static Stream<Arguments> cases() {
        return Arrays.stream(RecordTable.values())
                .flatMap(
                        recordTable ->
                                Arrays.stream(Swallowing.values())
                                        .map(how -> Arguments.of(recordTable, how)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Nor one that puts itself off again when it is made to fire before the rows are counted. */
    @ParameterizedTest
    @EnumSource(names = "LEDGER", mode = EnumSource.Mode.EXCLUDE)
    void tableThatADeferrableTriggerCouldChangeByTheCommitIsNotWritten(RecordTable recordTable) {
        // given
        fixture.apply(recordTable.plan(1));
        fixture.execute(
                "create function gone() returns trigger language plpgsql as 'begin delete from "
                        + recordTable.table
                        + "; return null; end'; create constraint trigger gone after insert or"
                        + " update on "
                        + recordTable.table
                        + " deferrable initially immediate for each row execute function gone()");
        // when
        fixture.apply(recordTable.plan(2));
        // then
        assertThat(lastFailure().failure().code()).isEqualTo("deferrable-trigger");
        assertThat(lastFailure().failure().passing()).isFalse();
        assertThat(lastFailure().failure().message())
                .contains("its trigger gone is deferrable", "'drop trigger gone on ");
        assertThat(fixture.exists("b")).isFalse();
        // when
        fixture.execute("drop trigger gone on " + recordTable.table);
        fixture.apply(recordTable.plan(2));
        // then
        assertThat(fixture.exists("b")).isTrue();
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
    }

    /** What a trigger of another table does in the commit is seen by no statement. */
    @ParameterizedTest
    @EnumSource(names = "LEDGER", mode = EnumSource.Mode.EXCLUDE)
    void rowThatAnotherTablesTriggerTakesOutByTheCommitIsNamedByTheNextOrder(
            RecordTable recordTable) {
        // given: a deferred trigger that puts itself off again when it is made to fire
        fixture.apply(recordTable.plan(1));
        fixture.execute(
                "create table again (n int); create function again() returns trigger language"
                        + " plpgsql as 'begin if new.n = 0 then set constraints public.again"
                        + " deferred; insert into public.again values (1); else delete from "
                        + recordTable.table
                        + "; end if; return null; end'; create constraint trigger again after"
                        + " insert on again deferrable initially deferred for each row execute"
                        + " function again(); create function begun() returns trigger language"
                        + " plpgsql as 'begin insert into public.again values (0); return null;"
                        + " end'; create trigger begun after insert or update on "
                        + recordTable.table
                        + " for each statement execute function begun()");
        fixture.apply(recordTable.plan(2));
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(fixture.value("select count(*) from " + recordTable.table)).isEqualTo("0");
        // when
        fixture.rollBack(recordTable.plan(2));
        // then
        assertThat(lastFailure().failure().code()).isEqualTo("version-table-contradicts-ledger");
        assertThat(fixture.events(DatabaseRolledBack.class)).isEmpty();
        assertThat(fixture.exists("b")).isTrue();
    }

    private DatabaseFailed lastFailure() {
        List<DatabaseFailed> failures = fixture.events(DatabaseFailed.class);
        return failures.get(failures.size() - 1);
    }

    /** What changes the rows of a ledger makes it a foreign one, before any row is written. */
    private void assertNamed(RecordTable recordTable) {
        if (recordTable == RecordTable.LEDGER) {
            assertThat(lastFailure().failure().code()).isEqualTo("foreign-ledger");
            return;
        }
        assertThat(lastFailure().failure().code()).isEqualTo("row-not-written");
        assertThat(lastFailure().failure().passing()).isFalse();
        assertThat(lastFailure().failure().message())
                .contains("did not take effect", "expected", "found", "a rule or a trigger")
                .contains(recordTable.table.substring(recordTable.table.indexOf('.') + 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowThatDoesNotComeInFailsTheStepWithAllThatItDid(RecordTable recordTable, Swallowing how) {
        // given
        fixture.apply(recordTable.plan(1));
        fixture.execute(how.on(recordTable.table));
        // when
        fixture.apply(recordTable.plan(2));
        // then
        assertNamed(recordTable);
        assertThat(fixture.exists("b")).isFalse();
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        // and where nothing is in the way any more
        fixture.execute(how.off(recordTable.table));
        fixture.apply(recordTable.plan(2));
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(fixture.exists("b")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowThatDoesNotGoOutFailsTheWayBackWithAllThatItDid(
            RecordTable recordTable, Swallowing how) {
        // given
        fixture.apply(recordTable.plan(2));
        fixture.execute(how.on(recordTable.table));
        // when
        fixture.rollBack(recordTable.plan(2));
        // then
        assertNamed(recordTable);
        assertThat(fixture.exists("b")).isTrue();
        assertThat(fixture.events(DatabaseRolledBack.class)).isEmpty();
        // and where nothing is in the way any more
        fixture.execute(how.off(recordTable.table));
        fixture.rollBack(recordTable.plan(2));
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(fixture.exists("a")).isFalse();
    }

    private static Stream<Arguments> ledgerTables() {
        return Stream.of("skein.target", "skein.framework_lock")
                .flatMap(
                        table ->
                                Stream.of(Swallowing.RULE, Swallowing.TRIGGER)
                                        .map(how -> Arguments.of(table, how)));
    }

    @ParameterizedTest
    @MethodSource("ledgerTables")
    void orderWhoseEpochOrLockIsNotHeldByTheLedgerRunsNothing(String table, Swallowing how) {
        // given
        fixture.apply(RecordTable.KNEX.plan(1));
        fixture.execute(how.on(table));
        // when
        fixture.apply(RecordTable.KNEX.plan(2));
        // then
        assertThat(lastFailure().failure().passing()).isFalse();
        assertThat(fixture.exists("b")).isFalse();
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }
}
