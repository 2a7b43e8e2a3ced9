package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.Permit;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KnexLockIT {
    private static final String LOCKED = "select is_locked from knex_migrations_lock";
    private static final String NOTES = "select count(*) from skein.framework_lock";
    private static final Plan TWO =
            Plans.of(
                    Framework.KNEX,
                    Plans.migration("1_a.js", "create table a (n int)", "drop table a"),
                    Plans.migration("2_b.js", "create table b (n int)", "drop table b"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void lockIsTakenForTheExecutionAndGivenBackWithIt() {
        // when
        fixture.applyAfter(() -> assertThat(fixture.value(LOCKED)).isEqualTo("1"), TWO);
        // then
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
        assertThat(fixture.value(NOTES)).isEqualTo("0");
    }

    @Test
    void lockThatNobodyIsSeenToHoldIsLeftToAPerson() {
        // given
        fixture.apply(TWO);
        fixture.execute("update knex_migrations_lock set is_locked = 1");
        // when
        fixture.patience(Duration.ofMillis(200)).apply(TWO);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("locked");
        assertThat(failed.failure().message())
                .startsWith(
                        "the lock in \"public\".\"knex_migrations_lock\" is taken; if no knex is at"
                                + " work there it is stuck, and 'skein database repair pg-1/"
                                + fixture.name
                                + "' or 'knex migrate:unlock' gives it back (");
        assertThat(fixture.value(LOCKED)).isEqualTo("1");
    }

    @Test
    void stuckLockIsGivenBackWhereThatIsAskedFor() {
        // given
        fixture.apply(TWO);
        fixture.execute("update knex_migrations_lock set is_locked = 1");
        // when
        fixture.repair(Repair.BOOKS).rollBack(TWO);
        // then
        assertThat(fixture.exists("a")).isFalse();
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
    }

    @Test
    void runOfKnexInOneTransactionIsNamed() throws SQLException {
        // given
        fixture.apply(TWO);
        try (Connection knex = fixture.connect();
                Statement statement = knex.createStatement()) {
            knex.setAutoCommit(false);
            statement.execute("update knex_migrations_lock set is_locked = 1 where is_locked = 0");
            // when
            fixture.patience(Duration.ofMillis(200)).apply(TWO);
        }
        // then
        DatabaseUnavailable waits = fixture.events(DatabaseUnavailable.class).get(0);
        assertThat(waits.failure().message())
                .startsWith(
                        "the lock in \"public\".\"knex_migrations_lock\" is taken by a run of"
                                + " knex: pid ");
        assertThat(waits.failure().blockers()).hasSize(1);
    }

    @Test
    void lockOfAnExecutionThatDiedIsTakenOver() {
        // given
        executionThatDies();
        assertThat(fixture.value(LOCKED)).isEqualTo("1");
        // when
        fixture.apply(TWO);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
    }

    @Test
    void lockThatAPersonTookSinceAnExecutionDiedIsThePersons() {
        // given
        executionThatDies();
        fixture.execute(
                "delete from knex_migrations_lock;"
                        + " insert into knex_migrations_lock (is_locked) values (1)");
        // when
        fixture.patience(Duration.ofMillis(200)).apply(TWO);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("locked");
        assertThat(fixture.value(LOCKED)).isEqualTo("1");
    }

    /** As when the agent's process is killed while its step waits. */
    private void executionThatDies() {
        fixture.execute(
                "create table a (n int); create schema kept; alter table a set schema kept");
        Plan waiting =
                Plans.of(
                        Framework.KNEX, Plans.migration("1_a.js", "lock table kept.a", "select 1"));
        OrderIssued order = fixture.nextOrder(OrderKind.APPLY);
        try (Connection blocker = fixture.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table kept.a in access exclusive mode");
            try (ExecutionFixture dying = ExecutionFixture.onDatabase(fixture.name)) {
                dying.begin(order, waiting, Permit::go);
                fixture.awaitValue(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()",
                        "1");
            }
            fixture.terminateExecution();
            blocker.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void lockThatAPersonGaveBackIsTakenAgainBeforeTheNextStep() {
        // when
        fixture.applyAfter(
                () ->
                        fixture.execute(
                                "delete from knex_migrations_lock;"
                                        + " insert into knex_migrations_lock (is_locked)"
                                        + " values (0)"),
                TWO);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.events(StepRetried.class)).isEmpty();
        assertThat(fixture.value(LOCKED)).isEqualTo("0");
    }

    /** A server may see later than the client that a connection is lost. */
    @Test
    void lockIsGivenBackOnceTheLostSessionIsGone() throws SQLException {
        long own = Target.lockKey(fixture.database);
        try (Connection session = fixture.connect();
                Statement statement = session.createStatement()) {
            // when
            ExecutionFixture.await(
                    fixture.begin(
                            fixture.nextOrder(OrderKind.APPLY),
                            TWO,
                            Permit::go,
                            report -> lostInTheEnd(report, statement, own)));
        }
        // then
        assertThat(fixture.value("select is_locked from knex_migrations_lock")).isEqualTo("0");
    }

    /** The session is gone for the client, and somebody holds its lock for as long as is asked. */
    private Future<Void> lostInTheEnd(Envelope report, Statement statement, long own) {
        if (report.event() instanceof DatabaseApplied) {
            fixture.terminateExecution();
            fixture.vertx.setTimer(700, passed -> release(statement));
            try {
                statement.execute("select pg_advisory_lock(" + own + ")");
            } catch (SQLException failed) {
                return Future.failedFuture(failed);
            }
        }
        return fixture.record(report);
    }

    private static void release(Statement statement) {
        try {
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
