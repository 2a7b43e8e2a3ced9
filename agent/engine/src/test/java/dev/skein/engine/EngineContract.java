package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine does, on a real server. A subclass says which engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
    private static final Plan PLAN = ContractPlans.counting();

    private EngineUnderTest engines;
    private ContractDatabase database;

    /** The engine and its server. */
    protected abstract EngineUnderTest open();

    @BeforeAll
    void openEngine() {
        engines = open();
    }

    @BeforeEach
    void createDatabase() {
        database = ContractDatabase.fresh(engines);
    }

    @AfterAll
    void closeEngine() {
        engines.close();
    }

    Stream<Arguments> lives() {
        return engines.samples().stream()
                .flatMap(sample -> sample.frameworks().stream().map(each -> life(sample, each)));
    }

    private static Arguments life(StepSample sample, Framework framework) {
        return Arguments.argumentSet(sample.name() + " in " + framework, sample, framework);
    }

    @ParameterizedTest
    @MethodSource("lives")
    void stepInterruptedAtAnyPointTakesEffectOnceAndIsTakenBackWhole(
            StepSample sample, Framework framework) {
        new LifeCycle(engines, sample, framework).live();
    }

    @Test
    void everyStepTypeButTheDelegatedHasASample() {
        // when
        Set<Class<?>> sampled = new HashSet<>();
        engines.samples().stream()
                .flatMap(sample -> sample.up().stream())
                .map(Step::getClass)
                .forEach(sampled::add);
        // then
        List<Class<?>> types =
                types(Step.class).filter(type -> type != DelegatedStep.class).toList();
        assertThat(sampled).containsExactlyInAnyOrderElementsOf(types);
    }

    private static Stream<Class<?>> types(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EngineContract::types)
                : Stream.of(type);
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void orderIsReportedFromItsBeginToItsEnd(Framework framework) {
        // given
        Plan plan = ContractPlans.counting(framework, 2);
        // when
        ExecutionEnd end = database.execute(database.next(OrderKind.APPLY), plan);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(database.events())
                .hasExactlyElementsOfTypes(
                        OrderAccepted.class,
                        StepSucceeded.class,
                        StepSucceeded.class,
                        DatabaseApplied.class);
        assertThat(database.events(DatabaseApplied.class).get(0).version()).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void eachStepThatChangesTheVersionSaysWhichItIs(Framework framework) {
        // given
        Plan plan = ContractPlans.counting(framework, 2);
        // when
        database.execute(database.next(OrderKind.APPLY), plan);
        database.execute(database.next(OrderKind.ROLLBACK), plan);
        // then
        assertThat(database.events(StepSucceeded.class))
                .extracting(step -> step.version().orElse("as before"))
                .containsExactly("1", "2", "1", "");
    }

    @Test
    void orderThatHasEndedIsNeitherExecutedNorReportedOnceMore() {
        // given
        OrderIssued order = database.next(OrderKind.APPLY);
        database.execute(order, PLAN);
        List<Envelope> reports = database.countedReports();
        // when
        ExecutionEnd end = database.execute(order, PLAN);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(database.counted()).isEqualTo("1");
        assertThat(database.countedReports()).isEqualTo(reports);
    }

    @Test
    void orderOfALowerEpochChangesNothingAndFails() {
        // given
        OrderIssued old = database.next(OrderKind.APPLY);
        database.execute(database.next(OrderKind.APPLY), PLAN);
        database.execute(database.next(OrderKind.ROLLBACK), PLAN);
        List<Envelope> reports = database.countedReports();
        // when
        ExecutionEnd end = database.execute(old, PLAN);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(database.counted()).isEqualTo("0");
        assertThat(database.countedReports()).isEqualTo(reports);
        assertThat(database.events(DatabaseFailed.class))
                .extracting(failed -> failed.failure().code())
                .containsExactly("ledger-ahead");
    }

    @Test
    void executionsInOneDatabaseWaitForEachOther() {
        // given
        Future<ExecutionEnd> first =
                database.begin(database.next(OrderKind.APPLY), PLAN, Permit::go);
        Future<ExecutionEnd> second =
                database.begin(database.next(OrderKind.APPLY), PLAN, Permit::go);
        // when
        ContractDatabase.await(Future.join(first, second));
        // then
        assertThat(database.counted()).isEqualTo("1");
        assertThat(database.events(StepSucceeded.class)).hasSize(1);
    }

    @Test
    void scriptThatIsRefusedLeavesNothingBehind() {
        // when
        database.execute(
                database.next(OrderKind.APPLY),
                ContractPlans.script(
                        "insert into counted values (1); insert into absent values (1)"));
        // then
        DatabaseFailed failed = database.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().passing()).isFalse();
        assertThat(failed.failure().message()).contains("step 1/1", "absent");
        assertThat(database.counted()).isEqualTo("0");
    }

    @Test
    void lockThatSomebodyHoldsIsTriedForAgain() {
        // given
        Promise<Void> retried = Promise.promise();
        ReportSink sink =
                report -> {
                    if (report.event() instanceof StepRetried) {
                        retried.tryComplete();
                    }
                    return database.record(report);
                };
        OrderIssued order = database.lockTimeout(Duration.ofMillis(500)).next(OrderKind.APPLY);
        Promise<ExecutionEnd> ended = Promise.promise();
        // when
        engines.whileLocked(
                database.id(),
                "counted",
                () -> {
                    database.begin(order, PLAN, Permit::go, sink).onComplete(ended);
                    ContractDatabase.await(retried.future());
                });
        ContractDatabase.await(ended.future());
        // then
        StepRetried first = database.events(StepRetried.class).get(0);
        assertThat(first.failure().code()).isEqualTo("lock-timeout");
        assertThat(first.failure().passing()).isTrue();
        assertThat(first.failure().blockers()).isNotEmpty();
        assertThat(database.counted()).isEqualTo("1");
        assertThat(database.events(StepSucceeded.class).get(0).attempts()).isGreaterThan(1);
    }

    @Test
    void sessionKilledInTheMiddleOfAStepCostsAnAttemptAndNothingElse() {
        // given
        OrderIssued order = database.next(OrderKind.APPLY);
        Promise<ExecutionEnd> ended = Promise.promise();
        // when
        engines.whileLocked(
                database.id(),
                "counted",
                () -> {
                    database.begin(order, PLAN, Permit::go).onComplete(ended);
                    engines.awaitBlocked(database.id());
                    engines.killSessions(database.id());
                });
        ContractDatabase.await(ended.future());
        // then
        assertThat(database.counted()).isEqualTo("1");
        assertThat(database.events(StepRetried.class)).hasSize(1);
        assertThat(database.events(DatabaseApplied.class)).hasSize(1);
    }

    @Test
    void pauseHoldsTheNextStepBackUntilTheOrderIsExecutedAgain() {
        // given
        Plan plan = ContractPlans.counting(Framework.SQL, 2);
        OrderIssued order = database.next(OrderKind.APPLY);
        Supplier<Permit> permit =
                () -> database.counted().equals("1") ? Permit.paused(7) : Permit.go();
        // when
        ExecutionEnd end = ContractDatabase.await(database.begin(order, plan, permit));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.PAUSED);
        assertThat(database.counted()).isEqualTo("1");
        assertThat(database.events(OrderPaused.class))
                .extracting(OrderPaused::pause)
                .containsExactly(7);
        // when
        database.execute(order, plan);
        // then
        assertThat(database.counted()).isEqualTo("2");
        assertThat(database.events(OrderAccepted.class)).hasSize(1);
    }

    @Test
    void abortEndsTheOrderBeforeItsFirstStep() {
        // when
        ExecutionEnd end =
                ContractDatabase.await(
                        database.begin(database.next(OrderKind.APPLY), PLAN, Permit::stopped));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.STOPPED);
        assertThat(database.counted()).isEqualTo("0");
        assertThat(database.events(OrderStopped.class)).hasSize(1);
    }

    @Test
    void reportsThatNobodyAcknowledgedAreSentAgainInTheSameWords() {
        // given: a log that acknowledges nothing, and a process that ends while it waits for that
        List<Envelope> unacknowledged = new CopyOnWriteArrayList<>();
        Promise<Void> ended = Promise.promise();
        OrderIssued order = database.next(OrderKind.APPLY);
        database.begin(
                order,
                PLAN,
                Permit::go,
                report -> {
                    unacknowledged.add(report);
                    if (report.event() instanceof DatabaseApplied) {
                        ended.tryComplete();
                    }
                    return Promise.<Void>promise().future();
                });
        ContractDatabase.await(ended.future());
        engines.killSessions(database.id());
        // when
        database.execute(order, PLAN);
        // then
        assertThat(database.countedReports()).isEqualTo(unacknowledged);
    }

    @Test
    void rollbackTakesBackNewestFirstWhatItsRolloutApplied() {
        // given
        Plan plan = ContractPlans.counting(Framework.SQL, 2);
        database.execute(database.next(OrderKind.APPLY), plan);
        // when
        database.execute(database.next(OrderKind.ROLLBACK), plan);
        // then
        assertThat(database.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(database.events(StepSucceeded.class))
                .extracting(done -> done.step().migration())
                .containsExactly("1", "2", "2", "1");
    }

    @Test
    void databaseThatIsNotThereFailsUncounted() {
        // given
        DatabaseId there = database.id();
        DatabaseId absent = DatabaseId.of(there.server(), there.database() + "_absent");
        ContractDatabase other = ContractDatabase.of(engines, absent);
        // when
        ExecutionEnd end = other.execute(other.next(OrderKind.APPLY), PLAN);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.UNREACHED);
        assertThat(other.events(DatabaseFailed.class)).hasSize(1);
        assertThat(other.countedReports()).isEmpty();
    }

    @Test
    void queriesAnswerWithRowsAndLeaveNullsOut() {
        // given
        engines.execute(database.id(), "insert into counted values (1), (null)");
        // when
        List<Map<String, String>> rows = select("select n, 'x' as t from counted order by n");
        // then
        assertThat(rows).containsExactlyInAnyOrder(Map.of("n", "1", "t", "x"), Map.of("t", "x"));
    }

    @Test
    void queriesCanChangeNothing() {
        // when
        assertThatThrownBy(() -> select("insert into counted values (1)"))
                // then
                .hasMessageContaining("read-only");
        assertThat(database.counted()).isEqualTo("0");
    }

    @Test
    void queryThatIsRefusedFailsWithTheServersWords() {
        assertThatThrownBy(() -> select("select 1 from absent")).hasMessageContaining("absent");
    }

    private List<Map<String, String>> select(String query) {
        return ContractDatabase.await(
                engines.engine(engines.port(), ContractDatabase.PATIENCE)
                        .queries(database.id().server())
                        .select(database.id().database(), query));
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void schemaIsReadWithoutTheLedgerAndTheFrameworksTables(Framework framework) {
        // given
        Plan plan = ContractPlans.counting(framework, 1);
        SchemaReader reader =
                engines.engine(engines.port(), ContractDatabase.PATIENCE)
                        .schemaReader(plan, Optional.empty());
        Fingerprint before = engines.fingerprint(database.id(), reader);
        // when
        database.execute(database.next(OrderKind.APPLY), plan);
        // then
        assertThat(engines.fingerprint(database.id(), reader)).isEqualTo(before);
        // when
        engines.execute(database.id(), "alter table counted add column m int");
        // then
        assertThat(engines.fingerprint(database.id(), reader)).isNotEqualTo(before);
    }
}
