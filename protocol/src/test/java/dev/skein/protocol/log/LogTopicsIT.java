package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogTopicsIT {
    private static final short ONE_COPY = 1;

    private final Vertx vertx = Vertx.vertx();
    private final KafkaFixture kafka = new KafkaFixture(TestServers.kafka());
    private final LogConfig config = kafka.config(Duration.ofSeconds(30), Duration.ofSeconds(5));

    @AfterEach
    void closeVertx() {
        Await.value(vertx.close());
    }

    @Test
    void topicsAreCreatedAsTheDesignSays() {
        EventLog log = kafka.open(vertx, config);

        assertThat(log.partitions(Topic.ORDERS)).isEqualTo(4);
        assertThat(log.partitions(Topic.PROGRESS)).isEqualTo(4);
        assertThat(log.partitions(Topic.ROLLOUTS)).isEqualTo(1);
        try (Admin admin = kafka.admin()) {
            for (Topic topic : List.of(Topic.PLANS, Topic.AGENTS)) {
                assertThat(setting(admin, topic, "cleanup.policy")).isEqualTo("compact");
            }
            for (Topic topic : List.of(Topic.ROLLOUTS, Topic.ORDERS, Topic.PROGRESS)) {
                assertThat(setting(admin, topic, "cleanup.policy")).isEqualTo("delete");
                assertThat(setting(admin, topic, "retention.ms")).isEqualTo("-1");
            }
            for (Topic topic : Topic.values()) {
                assertThat(setting(admin, topic, "message.timestamp.type"))
                        .isEqualTo("LogAppendTime");
                assertThat(setting(admin, topic, "max.message.bytes")).isEqualTo("16777216");
            }
        }
        Await.value(log.close());
    }

    @Test
    void partitionsThatTheBrokerHasWin() {
        create(Topic.ORDERS, 7);
        create(Topic.PROGRESS, 7);

        EventLog log = kafka.open(vertx, config);

        assertThat(log.partitions(Topic.ORDERS)).isEqualTo(7);
        Await.value(log.close());
    }

    @Test
    void ordersAndProgressThatDifferAreRefusedWithBothNumbers() {
        create(Topic.ORDERS, 7);

        assertThat(Await.failure(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry())))
                .isInstanceOf(LogRefused.class)
                .hasMessageContaining("orders has 7")
                .hasMessageContaining("progress has 4");
    }

    @Test
    void severalPartitionsOfRolloutsAreRefused() {
        create(Topic.ROLLOUTS, 3);

        assertThat(Await.failure(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry())))
                .isInstanceOf(LogRefused.class)
                .hasMessageContaining("rollouts has 3");
    }

    @Test
    void brokerThatDoesNotAnswerIsUnavailable() {
        LogConfig nobody =
                LogConfig.of("127.0.0.1:1")
                        .withLimits(
                                LogLimits.DEFAULT.withTimeouts(
                                        Duration.ofSeconds(2), Duration.ofSeconds(1)));

        assertThat(Await.failure(KafkaEventLog.open(vertx, nobody, new SimpleMeterRegistry())))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("skein.plans");
    }

    private void create(Topic topic, int partitions) {
        try (Admin admin = kafka.admin()) {
            NewTopic wanted = new NewTopic(kafka.topic(topic), partitions, ONE_COPY);
            KafkaFixture.get(admin.createTopics(List.of(wanted)).all());
        }
    }

    private String setting(Admin admin, Topic topic, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, kafka.topic(topic));
        Config found =
                KafkaFixture.get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        return found.get(name).value();
    }
}
