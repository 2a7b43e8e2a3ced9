package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.orchestrator.runtime.TestFleet.Running;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the fold answers to those who ask it, and what it does by itself. */
class FleetServiceTest {
    private static final String ALL_AT_ONCE = "waves: [{ name: all }]";
    private static final String THREE_WAVES =
            """
            waves: [{ name: one, count: 1 }, { name: some, percent: 50 }, { name: rest }]
            max-in-flight: 3
            """;

    private final TestFleet fleet = new TestFleet();

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void planIsPublishedOnce() {
        Running running = fleet.lead("main");

        Future<Answer<PublishedPlan>> one =
                running.service().publish(TestFleet.PLAN, "first name", "a person");
        Future<Answer<PublishedPlan>> same =
                running.service().publish(TestFleet.PLAN, "second name", "a person");
        PublishedPlan first = TestFleet.accepted(one);
        PublishedPlan again =
                TestFleet.accepted(running.service().publish(TestFleet.PLAN, "third", "a person"));

        assertThat(TestFleet.accepted(same)).isEqualTo(first);
        assertThat(again).isEqualTo(first);
        assertThat(first.name()).isIn("first name", "second name");
        assertThat(fleet.broker.records(Topic.PLANS)).hasSize(1);
        assertThat(running.service().view().plans()).containsKey(first.id());
    }

    @Test
    void recordThatCanNeverBeStopsTheFold() {
        Running running = fleet.lead("main");
        RolloutResumed seventh =
                new RolloutResumed(new RolloutId("r-none"), "a person", TestFleet.CLOCK.instant());
        Envelope envelope = Envelope.counted("rollout:r-none", 7, seventh);

        Await.value(fleet.log().writer().append(List.of(new Entry(Topic.ROLLOUTS, envelope))));

        Await.until("the fault was handed over", () -> fleet.faults.size() == 1);
        assertThat(running.service().ready()).isFalse();
        Await.until("the lead was given up", () -> !running.service().leading());
        Answer<PublishedPlan> answer =
                Await.value(running.service().publish(TestFleet.PLAN, "late", "a person"));
        assertThat(answer).isNotInstanceOf(Answer.Done.class);
    }

    @Test
    void historyOfADatabaseIsItsOrdersAndReports() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 3);
        RolloutId rollout = TestFleet.open(running, 3, ALL_AT_ONCE);
        TestFleet.awaitClosed(running, rollout);
        DatabaseId database = DatabaseId.of("pg", "db_001");

        DatabaseHistory all = Await.value(running.service().history(database, 100));
        DatabaseHistory newest = Await.value(running.service().history(database, 2));

        assertThat(all.records())
                .hasSize(3)
                .allMatch(record -> record.key().equals(database.toString()));
        assertThat(all.records().get(0).position().topicPartition().topic())
                .isEqualTo(Topic.ORDERS);
        assertThat(newest.records()).isEqualTo(all.records().subList(1, 3));
        assertThat(newest.omitted()).isEqualTo(1);
    }

    @Test
    void listenersAreToldOfViewsAndRecords() {
        Running running = fleet.lead("main");
        List<FleetView> views = new CopyOnWriteArrayList<>();
        List<Long> ends = new CopyOnWriteArrayList<>();
        Promise<Void> subscribed = Promise.promise();
        fleet.vertx
                .getOrCreateContext()
                .runOnContext(
                        ignored -> {
                            running.service().onView(views::add);
                            EventTail tail = running.service().tail();
                            tail.onAppended(() -> ends.add(tail.end()));
                            subscribed.complete();
                        });
        Await.value(subscribed.future());

        fleet.agent("pg", 5);

        Await.until(
                "a view with the databases arrives",
                () -> views.stream().anyMatch(view -> view.inventory().databases().size() == 5));
        Await.until("the tail was announced", () -> !ends.isEmpty());
        EventTail tail = running.service().tail();
        Position last = tail.read(tail.end() - 1, 1).records().get(0).position();
        assertThat(tail.after(last)).hasValue(tail.end());
    }

    @Test
    void failuresBeyondTheBudgetPauseAndARetryGoesOn() {
        Running running = fleet.lead("main");
        ScriptedAgent agent = fleet.agent("pg", 4);
        agent.failing(DatabaseId.of("pg", "db_002"));

        RolloutId rollout = TestFleet.open(running, 4, ALL_AT_ONCE);

        RolloutState paused =
                TestFleet.awaitRollout(
                        running, rollout, "it is paused", state -> state.pause().isPresent());
        assertThat(paused.isOpen()).isTrue();
        agent.mended(DatabaseId.of("pg", "db_002"));
        TestFleet.accepted(
                running.service()
                        .submit(
                                new Command.Retry(
                                        rollout, List.of(), "a person", running.service().now())));
        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(4);
    }

    @Test
    void rolloutIsTakenBackAfterItsEnd() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 4);
        RolloutId rollout = TestFleet.open(running, 4, ALL_AT_ONCE);
        TestFleet.awaitClosed(running, rollout);

        TestFleet.accepted(
                running.service()
                        .submit(
                                new Command.Rollback(
                                        rollout,
                                        RollbackScope.ALL,
                                        List.of(),
                                        Optional.empty(),
                                        "not what we wanted",
                                        "a person",
                                        running.service().now())));

        RolloutState back =
                TestFleet.awaitRollout(
                        running,
                        rollout,
                        "it is rolled back",
                        state ->
                                state.closed()
                                        .filter(
                                                each ->
                                                        each.outcome()
                                                                == RolloutOutcome.ROLLED_BACK)
                                        .isPresent());
        assertThat(back.closed().orElseThrow().rolledBack()).isEqualTo(4);
    }

    @Test
    void commandsBeyondTheLimitAreNotTaken() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 1).hold();
        RolloutId rollout = TestFleet.open(running, 1, ALL_AT_ONCE);
        fleet.broker.holdDelivery();
        Command.Pause pause =
                new Command.Pause(rollout, "again", "a person", running.service().now());

        List<Future<Answer<CommandReply>>> answers =
                IntStream.range(0, CommandQueue.WAITING_MAX + 2)
                        .mapToObj(number -> running.service().submit(pause))
                        .toList();

        assertThat(TestFleet.unavailable(Await.value(answers.get(answers.size() - 1))))
                .contains(CommandQueue.WAITING_MAX + " commands wait already");
        fleet.broker.releaseDelivery();
        assertThat(TestFleet.accepted(answers.get(0)).rollout()).isEqualTo(rollout);
    }

    @Test
    void databasesThatAppearLaterJoinWhereTheStrategySaysSo() {
        Running running = fleet.lead("main");
        ScriptedAgent early = fleet.agent("pg-1", 3);
        early.hold();
        RolloutId rollout =
                TestFleet.open(
                        running, 3, "{ waves: [{ name: all }], late-databases: join-last-wave }");

        fleet.agent("pg-2", 2);
        TestFleet.awaitRollout(
                running, rollout, "two have joined", state -> state.targets().size() == 5);
        early.release();

        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(5);
    }

    @Test
    void metersShowTheFoldTheLeadAndTheDatabases() {
        Running running = fleet.lead("main");
        ScriptedAgent agent = fleet.agent("pg", 3);
        agent.hold();
        TestFleet.open(running, 3, ALL_AT_ONCE);
        Await.until("all are ordered", () -> agent.orders().size() == 3);

        SimpleMeterRegistry registry = running.registry();
        assertThat(registry.get("fleet.leading").gauge().value()).isEqualTo(1);
        assertThat(registry.get("fleet.ready").gauge().value()).isEqualTo(1);
        assertThat(registry.get("fleet.fold.lag").timeGauge().value()).isNotNegative();
        assertThat(registry.get("fleet.fold.records").tag("outcome", "applied").counter().count())
                .isGreaterThan(5);
        assertThat(
                        registry.get("rollout.decision.duration")
                                .tags("kind", "open", "outcome", "accepted")
                                .timer()
                                .count())
                .isEqualTo(1);
        Await.until(
                "the ordered databases are counted",
                () ->
                        registry.get("rollout.databases").tag("state", "ordered").gauge().value()
                                == 3);
    }

    @Test
    void rolloutsOfDifferentDatabasesRunTogether() {
        Running running = fleet.lead("main");
        fleet.agent("pg-1", 20);
        fleet.agent("pg-2", 20);
        List<RolloutId> rollouts =
                Stream.of("pg-1", "pg-2")
                        .map(server -> "select: { databases: %s }%n".formatted(names(server)))
                        .map(select -> TestFleet.open(running, 40, select + THREE_WAVES))
                        .toList();

        assertThat(rollouts)
                .allSatisfy(
                        rollout ->
                                assertThat(
                                                TestFleet.awaitClosed(running, rollout)
                                                        .closed()
                                                        .orElseThrow()
                                                        .applied())
                                        .isEqualTo(20));
    }

    private static List<DatabaseId> names(String server) {
        return TestFleet.databases(server, 20);
    }
}
