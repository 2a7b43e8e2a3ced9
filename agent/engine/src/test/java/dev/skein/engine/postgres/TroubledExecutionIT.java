package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TroubledExecutionIT {
    private static final Plan ALTER =
            Plans.sql(Plans.oneWay("1", "alter table t add column m int"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void lockTimeoutIsRetriedAndNamesWhoWasInTheWay() throws SQLException {
        // given
        fixture.execute("create table t (n int)");
        OrderIssued order = fixture.lockTimeout(Duration.ofMillis(500)).nextOrder(OrderKind.APPLY);
        try (Connection blocker = fixture.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("set application_name to 'the blocker'; select * from t");
            // when
            Future<ExecutionEnd> end = fixture.begin(order, ALTER, Permit::go);
            fixture.awaitLedger("retried");
            blocker.rollback();
            ExecutionFixture.await(end);
        }
        // then
        StepRetried retried = fixture.events(StepRetried.class).get(0);
        assertThat(retried.failure().code()).isEqualTo("lock-timeout");
        assertThat(retried.failure().message())
                .startsWith("step 1/1 of r-1 (1, up 1): lock not acquired in 500 ms, held by pid ")
                .endsWith("(attempt 1 of 5), next attempt in 75 ms");
        Blocker blocker = retried.failure().blockers().get(0);
        assertThat(blocker.application()).isEqualTo("the blocker");
        assertThat(blocker.state()).isEqualTo("idle in transaction");
        assertThat(blocker.queryStart()).isPresent();
        assertThat(fixture.events(StepSucceeded.class).get(0).attempts()).isGreaterThan(1);
    }

    @Test
    void lockThatNobodyReleasesFailsTheStepAfterItsAttempts() throws SQLException {
        // given
        fixture.execute("create table t (n int)");
        OrderIssued order =
                fixture.lockTimeout(Duration.ofMillis(50)).attempts(3).nextOrder(OrderKind.APPLY);
        try (Connection blocker = fixture.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("select * from t");
            // when
            fixture.execute(order, ALTER);
        }
        // then
        assertThat(fixture.events(StepRetried.class)).hasSize(2);
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().passing()).isTrue();
        assertThat(failed.failure().message()).contains("(attempt 3 of 3)");
    }

    @Test
    void connectionCutInTheMiddleOfAStepCostsAnAttemptAndNothingElse() {
        // given
        Plan plan = Plans.sql(Plans.oneWay("1", "create table a (n int); select pg_sleep(1)"));
        Future<ExecutionEnd> end =
                fixture.begin(fixture.nextOrder(OrderKind.APPLY), plan, Permit::go);
        fixture.awaitValue(
                "select count(*) from pg_stat_activity where query like '%pg_sleep%'"
                        + " and application_name = 'skein/r-1'",
                "1");
        // when
        fixture.terminateExecution();
        ExecutionFixture.await(end);
        // then
        assertThat(fixture.eventNames())
                .containsExactly(
                        "OrderAccepted", "StepRetried", "StepSucceeded", "DatabaseApplied");
        assertThat(fixture.events(StepRetried.class).get(0).failure().code())
                .isEqualTo("terminated");
        assertThat(fixture.value("select count(*) from skein.ledger where kind = 'accepted'"))
                .isEqualTo("1");
    }

    @Test
    void executionCutAtAnyPointRunsEachStepOnce() {
        // given: each step adds a row, so that a second run would be seen
        fixture.execute("create table runs (step int)");
        Plan plan =
                Plans.sql(
                        IntStream.rangeClosed(1, 40)
                                .mapToObj(
                                        i ->
                                                Plans.oneWay(
                                                        Integer.toString(i),
                                                        "insert into runs values (" + i + ")"))
                                .toArray(Migration[]::new));
        Future<ExecutionEnd> end =
                fixture.attempts(1000).begin(fixture.nextOrder(OrderKind.APPLY), plan, Permit::go);
        // when
        for (int cuts = 0; cuts < 8; cuts++) {
            fixture.terminateExecution();
            fixture.awaitValue(
                    "select coalesce(bool_or(application_name = 'skein/r-1'), false)"
                            + " or (select count(*) = 40 from runs) from pg_stat_activity",
                    "t");
        }
        ExecutionFixture.await(end);
        // then
        assertThat(fixture.value("select count(*) || '/' || count(distinct step) from runs"))
                .isEqualTo("40/40");
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(countedSequences())
                .isEqualTo(LongStream.rangeClosed(1, countedSequences().size()).boxed().toList());
    }

    private List<Long> countedSequences() {
        return fixture.reports.stream()
                .map(Envelope::sequence)
                .filter(sequence -> sequence > 0)
                .toList();
    }

    @Test
    void reportsThatTheLogDidNotAcknowledgeAreSentAgainInTheSameWords() {
        // given: a log that takes reports and never answers, in a process that then dies
        List<Envelope> first = new CopyOnWriteArrayList<>();
        Plan plan = Plans.sql(Plans.oneWay("1", "create table a (n int)"));
        OrderIssued order = fixture.nextOrder(OrderKind.APPLY);
        fixture.begin(
                order,
                plan,
                Permit::go,
                report -> {
                    first.add(report);
                    return Promise.<Void>promise().future();
                });
        fixture.awaitLedger("ended");
        fixture.terminateExecution();
        // when
        ExecutionEnd end = fixture.execute(order, plan);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.reports).filteredOn(r -> r.sequence() > 0).hasSize(3).isEqualTo(first);
        assertThat(fixture.value("select reported from skein.target")).isEqualTo("3");
    }

    @Test
    void pauseIsSeenBeforeTheNextStepAndReportedAfterAllOthers() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.oneWay("1", "create table a (n int)"),
                        Plans.oneWay("2", "create table b (n int)"));
        OrderIssued order = fixture.nextOrder(OrderKind.APPLY);
        // when
        ExecutionEnd end =
                ExecutionFixture.await(
                        fixture.begin(
                                order,
                                plan,
                                () -> fixture.exists("a") ? Permit.paused(3) : Permit.go()));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.PAUSED);
        assertThat(fixture.eventNames())
                .containsExactly("OrderAccepted", "StepSucceeded", "OrderPaused");
        OrderPaused paused = fixture.events(OrderPaused.class).get(0);
        assertThat(paused.pause()).isEqualTo(3);
        assertThat(paused.progress()).hasToString("1/2");
        assertThat(fixture.execute(order, plan)).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void abortIsSeenBeforeTheNextStep() {
        // given
        Plan plan = Plans.sql(Plans.oneWay("1", "create table a (n int)"));
        // when
        ExecutionEnd end =
                ExecutionFixture.await(
                        fixture.begin(fixture.nextOrder(OrderKind.APPLY), plan, Permit::stopped));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.STOPPED);
        assertThat(fixture.events(OrderStopped.class)).hasSize(1);
        assertThat(fixture.exists("a")).isFalse();
    }

    @Test
    void secondExecutionOfOneTargetWaitsAndSaysForWhom() {
        // given
        Plan plan = Plans.sql(Plans.oneWay("1", "create table a (n int); select pg_sleep(0.5)"));
        Future<ExecutionEnd> first =
                fixture.begin(fixture.nextOrder(OrderKind.APPLY), plan, Permit::go);
        fixture.awaitValue(
                "select count(*) from pg_locks where locktype = 'advisory'"
                        + " and database = (select oid from pg_database"
                        + " where datname = current_database())",
                "1");
        // when
        Future<ExecutionEnd> second =
                fixture.begin(fixture.nextOrder(OrderKind.APPLY), plan, Permit::go);
        ExecutionFixture.await(first);
        ExecutionFixture.await(second);
        // then
        assertThat(fixture.events(DatabaseUnavailable.class).get(0).failure().message())
                .startsWith("another execution of this target holds the lock: pid ");
        // The second execution may repeat what the first one reports; a log drops what it has.
        assertThat(Set.copyOf(fixture.events(StepSucceeded.class))).hasSize(1);
        assertThat(Set.copyOf(fixture.events(DatabaseApplied.class))).hasSize(2);
    }

    @Test
    void databaseThatIsNotThereFailsAtOnceAndUncounted() {
        // given
        fixture.server.execute("postgres", "drop database " + fixture.name);
        // when
        ExecutionEnd end = fixture.apply(ALTER);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.UNREACHED);
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
        assertThat(fixture.reports.get(0).sequence()).isZero();
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("no-such-database");
    }

    @Test
    void databaseOutOfReachIsWaitedForAsLongAsPatienceLasts() {
        // given
        fixture.server.execute(
                "postgres", "alter database " + fixture.name + " connection limit 0");
        fixture.server.execute("postgres", "create role agent_limited login");
        fixture.user("agent_limited").patience(Duration.ofMillis(300));
        // when
        ExecutionEnd end = fixture.apply(ALTER);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.UNREACHED);
        assertThat(fixture.events(DatabaseUnavailable.class)).hasSizeGreaterThan(1);
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("unavailable");
        assertThat(failed.failure().sqlState()).contains("53300");
        fixture.server.execute("postgres", "drop role agent_limited");
    }

    @Test
    void roleThatMayNotKeepALedgerIsToldWhatToGrant() {
        // given
        fixture.server.execute("postgres", "create role agent_poor login");
        fixture.user("agent_poor");
        // when
        fixture.apply(ALTER);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("ledger-denied");
        assertThat(failed.failure().message())
                .contains("grant the agent's role create on the database", "skein agent grants");
        fixture.server.execute("postgres", "drop role agent_poor");
    }

    @Test
    void scriptThatWantsRowsFromTheClientFailsAndDoesNotHang() {
        // given
        fixture.execute("create table t (n int)");
        Plan plan = Plans.sql(Plans.oneWay("1", "copy t from stdin"));
        // when
        ExecutionEnd end = fixture.apply(plan);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("unsupported");
    }

    @Test
    void notMoreReportsThanTheLimitAreUnderWay() {
        // given
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Promise<Void>> waiting = new ArrayList<>();
        AtomicReference<Integer> taken = new AtomicReference<>(0);
        Plan plan =
                Plans.sql(
                        IntStream.rangeClosed(1, 100)
                                .mapToObj(i -> Plans.oneWay(Integer.toString(i), "select 1"))
                                .toArray(Migration[]::new));
        // when: nothing is answered before the limit is reached, then everything
        ExecutionEnd end =
                ExecutionFixture.await(
                        fixture.begin(
                                fixture.nextOrder(OrderKind.APPLY),
                                plan,
                                Permit::go,
                                report -> {
                                    Promise<Void> answer = Promise.promise();
                                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                                    answer.future().onComplete(x -> underWay.decrementAndGet());
                                    waiting.add(answer);
                                    if (underWay.get() >= Outbox.UNACKNOWLEDGED_MAX
                                            || taken.updateAndGet(n -> n + 1) > 64) {
                                        fixture.vertx.runOnContext(
                                                x -> waiting.forEach(Promise::tryComplete));
                                    }
                                    return answer.future();
                                }));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(most.get()).isBetween(2, Outbox.UNACKNOWLEDGED_MAX + 1);
    }
}
