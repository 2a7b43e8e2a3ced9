package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may pass is tried again, and nobody is kept waiting for longer than a minute. */
final class SurveyTroubleIT {
    private static final Plan PLAN =
            Plans.of(Framework.ALEMBIC, Plans.revision("aa"), Plans.revision("bb", "aa"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private final CountDownLatch troubled = new CountDownLatch(1);
    private final AtomicReference<Permit> permit = new AtomicReference<>(Permit.go());

    @BeforeEach
    void open() {
        fixture.execute(ForeignHistory.alembic("aa"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Future<ExecutionEnd> begin(OrderKind kind) {
        return fixture.begin(fixture.nextOrder(kind), PLAN, permit::get, this::record);
    }

    private Future<Void> record(Envelope report) {
        Future<Void> recorded = fixture.record(report);
        if (report.event() instanceof DatabaseUnavailable) {
            troubled.countDown();
        }
        return recorded;
    }

    private void awaitTrouble() throws InterruptedException {
        assertThat(troubled.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private String trouble() {
        return fixture.events(DatabaseUnavailable.class).get(0).failure().code();
    }

    /** Does something while the version table cannot be read, and then gives it free. */
    private void whileLocked(Trouble trouble) throws Exception {
        try (Connection other = fixture.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table alembic_version in access exclusive mode");
            trouble.happen();
            other.commit();
        }
    }

    private interface Trouble {
        void happen() throws InterruptedException;
    }

    private void awaitWaiting() {
        fixture.awaitValue(
                "select count(*) from pg_locks where not granted"
                        + " and relation = 'alembic_version'::regclass",
                "1");
    }

    @Test
    void surveyIsTriedAgainUntilALockIsGone() throws Exception {
        // given
        fixture.lockTimeout(Duration.ofMillis(50));
        AtomicReference<Future<ExecutionEnd>> end = new AtomicReference<>();
        // when
        whileLocked(
                () -> {
                    end.set(begin(OrderKind.SURVEY));
                    awaitTrouble();
                });
        // then
        assertThat(ExecutionFixture.await(end.get())).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(trouble()).isEqualTo("lock-timeout");
        assertThat(fixture.events(DatabaseSurveyed.class).get(0).findings().version())
                .contains("aa");
    }

    @Test
    void surveyIsTriedAgainWhenItsConnectionIsLost() throws Exception {
        // given
        AtomicReference<Future<ExecutionEnd>> end = new AtomicReference<>();
        // when
        whileLocked(
                () -> {
                    end.set(begin(OrderKind.SURVEY));
                    awaitWaiting();
                    fixture.terminateExecution();
                    awaitTrouble();
                });
        // then
        assertThat(ExecutionFixture.await(end.get())).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.events(DatabaseSurveyed.class)).hasSize(1);
    }

    @Test
    void adoptionIsTriedAgainWhenItsConnectionIsLostAndIsWrittenOnce() throws Exception {
        // given
        AtomicReference<Future<ExecutionEnd>> end = new AtomicReference<>();
        // when
        whileLocked(
                () -> {
                    end.set(begin(OrderKind.ADOPT));
                    awaitWaiting();
                    fixture.terminateExecution();
                    awaitTrouble();
                });
        // then
        assertThat(ExecutionFixture.await(end.get())).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.events(DatabaseAdopted.class)).hasSize(1);
        assertThat(
                        fixture.value(
                                "select string_agg(kind, ' ' order by position) from skein.ledger"))
                .isEqualTo("accepted ended");
    }

    @Test
    void pauseBeforeTheFirstLookLeavesTheDatabaseAlone() {
        // given
        permit.set(Permit.paused(3));
        // when
        ExecutionEnd end = ExecutionFixture.await(begin(OrderKind.SURVEY));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.PAUSED);
        assertThat(fixture.eventNames()).containsExactly("OrderPaused");
        assertThat(fixture.events(OrderPaused.class).get(0).pause()).isEqualTo(3);
    }

    @Test
    void pauseIsSeenBetweenTwoAttempts() throws Exception {
        // given
        fixture.lockTimeout(Duration.ofMillis(50));
        // when
        whileLocked(
                () -> {
                    Future<ExecutionEnd> end = begin(OrderKind.SURVEY);
                    awaitTrouble();
                    permit.set(Permit.paused(1));
                    // then
                    assertThat(ExecutionFixture.await(end)).isEqualTo(ExecutionEnd.PAUSED);
                });
        assertThat(fixture.events(OrderPaused.class)).hasSize(1);
        assertThat(fixture.events(DatabaseSurveyed.class)).isEmpty();
    }

    @Test
    void abortStopsASurvey() {
        // given
        permit.set(Permit.stopped());
        // when
        ExecutionEnd end = ExecutionFixture.await(begin(OrderKind.SURVEY));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.STOPPED);
        assertThat(fixture.eventNames()).containsExactly("OrderStopped");
    }

    @Test
    void afterAMinuteItIsGivenUp() throws Exception {
        // given: a clock by which each glance takes half a minute
        fixture.lockTimeout(Duration.ofMillis(50));
        AtomicLong glances = new AtomicLong();
        ExecutionSettings settings =
                new ExecutionSettings(
                        () -> Instant.EPOCH.plusSeconds(30 * glances.getAndIncrement()),
                        () -> 0.0,
                        Duration.ofMinutes(10));
        // when
        whileLocked(
                () ->
                        ExecutionFixture.await(
                                new PostgresEngine(fixture.vertx, fixture.connections, settings)
                                        .execute(
                                                Assignment.of(
                                                        fixture.nextOrder(OrderKind.SURVEY), PLAN),
                                                Permit::go,
                                                this::record)));
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("lock-timeout");
        assertThat(fixture.events(DatabaseSurveyed.class)).isEmpty();
    }

    @Test
    void databaseThatIsNotThereIsTold() {
        // given
        ExecutionFixture nowhere = ExecutionFixture.onDatabase("not_" + fixture.name);
        permit.set(Permit.go());
        // when
        nowhere.execute(nowhere.nextOrder(OrderKind.SURVEY), PLAN);
        nowhere.close();
        // then
        assertThat(nowhere.events(DatabaseFailed.class).get(0).failure().message())
                .contains("does not exist");
    }
}
