package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.runtime.TestFleet.Running;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.TopicSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutVerticleIT {
    private static final String THREE_WAVES =
            """
            waves: [{ name: one, count: 1 }, { name: some, percent: 25 }, { name: rest }]
            max-in-flight: 50
            """;

    private final LogConfig config =
            LogConfig.of(TestServers.kafka().bootstrapServers())
                    .withTopicPrefix("engine-" + UUID.randomUUID())
                    .withTopics(new TopicSettings(4, Optional.of(1)));
    private final TestFleet fleet = new TestFleet(this::open);

    private EventLog open(Vertx vertx) {
        return Await.value(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void twoHundredDatabasesAreCarriedThroughThreeWaves() {
        Running running = fleet.lead("main");
        ScriptedAgent agent = fleet.agent("pg", 200);

        RolloutId rollout = TestFleet.open(running, 200, THREE_WAVES);

        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(200);
        assertThat(agent.orders()).hasSize(200);
        assertThat(fleet.faults).isEmpty();
    }

    @Test
    void followerTakesOverAndBothFoldTheSame() {
        Running first = fleet.lead("first");
        Running second = fleet.start("second");
        ScriptedAgent agent = fleet.agent("pg", 20);
        agent.hold();
        RolloutId rollout = TestFleet.open(first, 20, THREE_WAVES);
        Await.until("the first order is out", () -> agent.orders().size() == 1);

        fleet.stop(first);
        TestFleet.awaitLead(second);
        agent.release();

        RolloutState closed = TestFleet.awaitClosed(second, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(20);
        Running third = fleet.start("third");
        Await.until(
                "a replay gives the same state",
                () -> third.service().view().equals(second.service().view()));
    }

    @Test
    void staleLeaderIsFencedAndStandsAgain() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 1);
        var open = TestFleet.opening(running, 1, "waves: [{ name: all }]");
        Await.value(fleet.log().exclusiveWriter(Leadership.ELECTION));

        Answer<?> answer = Await.value(running.service().submit(open));

        assertThat(answer).isInstanceOf(Answer.NotLeading.class);
        TestFleet.awaitLead(running);
        TestFleet.accepted(running.service().submit(open));
        TestFleet.awaitClosed(running, open.rollout());
    }
}
