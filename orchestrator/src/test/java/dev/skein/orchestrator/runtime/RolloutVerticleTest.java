package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.orchestrator.runtime.TestFleet.Running;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Topic;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deciding, restarting, following, and being fenced. */
class RolloutVerticleTest {
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
    void wavesAdvanceToTheEnd() {
        Running running = fleet.lead("main");
        ScriptedAgent agent = fleet.agent("pg", 12);

        RolloutId rollout = TestFleet.open(running, 12, THREE_WAVES);

        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        assertThat(closed.closed().orElseThrow().outcome()).isEqualTo(RolloutOutcome.COMPLETED);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(12);
        assertThat(agent.orders().stream().map(OrderIssued::wave)).isSorted();
        assertThat(agent.orders().stream().map(OrderIssued::database)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {24, -24})
    void orchestratorsOwnClockStopsNothing(long hoursAhead) {
        // given
        Duration ahead = Duration.ofHours(hoursAhead);
        Running running = fleet.start("main", () -> TestFleet.CLOCK.instant().plus(ahead));
        TestFleet.awaitLead(running);
        fleet.agent("pg", 4);
        // when
        RolloutId rollout =
                TestFleet.open(
                        running,
                        4,
                        "waves: [{ name: one, count: 1, soak: 100ms }, { name: rest }]\n"
                                + "deadline: 1h");
        // then
        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(4);
        assertThat(running.service().clockDifference().orElseThrow())
                .isCloseTo(ahead, Duration.ofMinutes(1));
    }

    @Test
    void soakEndsByItself() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 2);

        RolloutId rollout =
                TestFleet.open(
                        running, 2, "waves: [{ name: one, count: 1, soak: 80ms }, { name: two }]");

        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        Duration soaked =
                Duration.between(
                        closed.waves().get(0).settledAt().orElseThrow(),
                        closed.waves().get(0).passedAt().orElseThrow());
        assertThat(soaked).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void answerComesAfterTheFoldAndTheViewHoldsIt() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 1);
        Command.Open open = TestFleet.opening(running, 1, ALL_AT_ONCE);

        fleet.broker.holdDelivery();
        Future<Answer<CommandReply>> answer = running.service().submit(open);
        Await.until(
                "the opening is in the log",
                () ->
                        fleet.broker.records(Topic.ROLLOUTS).stream()
                                .anyMatch(each -> each.key().equals(open.rollout().value())));
        assertThat(answer.isComplete()).isFalse();
        fleet.broker.releaseDelivery();

        assertThat(TestFleet.accepted(answer).rollout()).isEqualTo(open.rollout());
        assertThat(running.service().view().rollouts()).containsKey(open.rollout());
    }

    @Test
    void refusalIsAnAnswer() {
        Running running = fleet.lead("main");

        Answer<CommandReply> answer =
                Await.value(
                        running.service()
                                .submit(
                                        new Command.Resume(
                                                new RolloutId("r-none"),
                                                "a person",
                                                running.service().now())));

        assertThat(TestFleet.rejection(answer).code()).isEqualTo(RejectionCode.UNKNOWN_ROLLOUT);
    }

    @Test
    void twoOpeningsAtOnceNeverShareADatabase() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 4).hold();
        List<Command.Open> opens =
                IntStream.range(0, 5)
                        .mapToObj(number -> TestFleet.opening(running, 4, ALL_AT_ONCE))
                        .toList();

        List<Future<Answer<CommandReply>>> answers =
                opens.stream().map(each -> running.service().submit(each)).toList();

        List<Answer<CommandReply>> given = answers.stream().map(Await::value).toList();
        assertThat(given).filteredOn(each -> each instanceof Answer.Done<CommandReply>).hasSize(1);
        assertThat(given)
                .filteredOn(each -> !(each instanceof Answer.Done<CommandReply>))
                .hasSize(4)
                .allSatisfy(
                        each ->
                                assertThat(TestFleet.rejection(each).code())
                                        .isEqualTo(RejectionCode.DATABASE_BUSY));
    }

    @Test
    void restartInTheMiddleGoesOnFromTheLog() {
        Running before = fleet.lead("main");
        ScriptedAgent agent = fleet.agent("pg", 12);
        agent.hold();
        RolloutId rollout = TestFleet.open(before, 12, THREE_WAVES);
        Await.until("the first order is out", () -> agent.orders().size() == 1);

        fleet.stop(before);
        agent.release();
        Running after = fleet.lead("main");

        RolloutState closed = TestFleet.awaitClosed(after, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(12);
        assertThat(agent.orders()).hasSize(12);
    }

    @Test
    void followerFoldsTheSameState() {
        Running leader = fleet.lead("first");
        Running follower = fleet.start("second");
        fleet.agent("pg", 12);

        RolloutId rollout = TestFleet.open(leader, 12, THREE_WAVES);
        TestFleet.awaitClosed(leader, rollout);

        Await.until(
                "both have folded the same",
                () -> follower.service().view().equals(leader.service().view()));
        assertThat(follower.service().leading()).isFalse();
        FleetView replayed = fleet.start("third").service().view();
        assertThat(replayed).isEqualTo(leader.service().view());
    }

    @Test
    void followerNamesTheLeaderAndTakesOverWhenItGoes() {
        Running first = fleet.lead("first");
        Running second = fleet.start("second");
        ScriptedAgent agent = fleet.agent("pg", 6);
        agent.hold();
        RolloutId rollout = TestFleet.open(first, 6, THREE_WAVES);
        Await.until(
                "the follower knows the rollout",
                () -> second.service().view().rollouts().containsKey(rollout));
        Command.Pause pause =
                new Command.Pause(rollout, "lunch", "a person", second.service().now());

        Answer<CommandReply> refused = Await.value(second.service().submit(pause));
        assertThat(TestFleet.leaderUrl(refused)).contains("http://first");
        fleet.stop(first);
        TestFleet.awaitLead(second);
        agent.release();

        TestFleet.awaitClosed(second, rollout);
        assertThat(second.service().view().leader().orElseThrow().url()).isEqualTo("http://second");
    }

    @Test
    void staleLeaderIsFencedAndStandsAgain() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 1);
        Command.Open open = TestFleet.opening(running, 1, ALL_AT_ONCE);
        Await.value(fleet.log().exclusiveWriter("leader"));

        Answer<CommandReply> answer = Await.value(running.service().submit(open));

        assertThat(answer).isInstanceOf(Answer.NotLeading.class);
        assertThat(running.service().view().rollouts()).isEmpty();
        TestFleet.awaitLead(running);
        assertThat(TestFleet.accepted(running.service().submit(open)).rollout())
                .isEqualTo(open.rollout());
    }

    @Test
    void deposedLeaderFollows() {
        Running first = fleet.lead("first");
        Running second = fleet.start("second");

        // One that has caught up with the log stands for election a moment later.
        Await.until(
                "both stand for election", () -> fleet.broker.candidates(Leadership.ELECTION) == 2);
        fleet.broker.depose(Leadership.ELECTION);

        TestFleet.awaitLead(second);
        Await.until("the first follows", () -> !first.service().leading());
        Await.until(
                "the first knows the new leader",
                () ->
                        first.service()
                                .view()
                                .leader()
                                .filter(each -> each.url().equals("http://second"))
                                .isPresent());
    }

    @Test
    void appendThatFailedIsReportedAndTheLeadIsTakenAgain() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 1);
        Command.Open open = TestFleet.opening(running, 1, ALL_AT_ONCE);
        fleet.broker.refuseNextAppend(new LogUnavailable("append: no answer in 60 s", null));

        Answer<CommandReply> answer = Await.value(running.service().submit(open));

        assertThat(TestFleet.unavailable(answer))
                .startsWith("open of rollout " + open.rollout())
                .contains("no answer in 60 s");
        TestFleet.awaitLead(running);
        TestFleet.accepted(running.service().submit(open));
        TestFleet.awaitClosed(running, open.rollout());
    }

    @Test
    void decisionWhoseAnswerWasLostIsFoldedAllTheSame() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 3);
        Command.Open open = TestFleet.opening(running, 3, ALL_AT_ONCE);
        fleet.broker.loseNextAnswer(new LogUnavailable("append: no answer in 60 s", null));

        Answer<CommandReply> answer = Await.value(running.service().submit(open));

        assertThat(answer).isInstanceOf(Answer.Unavailable.class);
        RolloutState closed = TestFleet.awaitClosed(running, open.rollout());
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(3);
    }
}
