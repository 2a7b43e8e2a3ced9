package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestKafka;
import dev.skein.embedded.testing.TestServers;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.runtime.TestFleet.Running;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.LogLimits;
import dev.skein.protocol.log.TopicSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerOutageIT {
    private final TestKafka kafka = TestServers.startKafka();
    private final LogConfig config =
            LogConfig.of(kafka.bootstrapServers())
                    .withTopics(new TopicSettings(4, Optional.of(1)))
                    .withLimits(
                            LogLimits.DEFAULT.withTimeouts(
                                    Duration.ofSeconds(3), Duration.ofSeconds(2)));
    private final TestFleet fleet = new TestFleet(this::open);

    private EventLog open(Vertx vertx) {
        return Await.value(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() {
        fleet.close();
        kafka.close();
    }

    @Test
    void outageDelaysTheRolloutAndLosesNothing() {
        Running running = fleet.lead("main");
        ScriptedAgent agent = fleet.agent("pg", 10);
        agent.hold();
        RolloutId rollout =
                TestFleet.open(running, 10, "waves: [{ name: one, count: 2 }, { name: rest }]");
        Await.until("the first wave is ordered", () -> agent.orders().size() == 2);

        kafka.stop();
        Answer<PublishedPlan> unconfirmed =
                Await.value(
                        running.service().publish(TestFleet.plan("select 2"), "later", "a person"));
        assertThat(TestFleet.unavailable(unconfirmed)).contains("look before asking again");
        assertThat(running.service().view().rollouts()).containsKey(rollout);
        kafka.start();
        TestFleet.awaitLead(running);
        agent.release();

        RolloutState closed = TestFleet.awaitClosed(running, rollout);
        assertThat(closed.closed().orElseThrow().applied()).isEqualTo(10);
        assertThat(agent.orders()).hasSize(10);
        assertThat(fleet.faults).isEmpty();
    }
}
