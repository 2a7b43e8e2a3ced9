package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.id.LogId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
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

    /** As a process sees it that starts while another one creates the topics. */
    @Test
    void topicThatAppearsWhileItIsLookedForIsNotDeleted() throws InterruptedException {
        // given
        EventLog first = kafka.open(vertx, config);
        Await.value(first.writer().append(List.of(Entries.progress("pg-1/acme", 1))));
        delete(Topic.AGENTS);
        Thread other = new Thread(() -> create(Topic.AGENTS, 1, TopicRules.settings(Topic.AGENTS)));
        // when
        other.start();
        EventLog second = kafka.open(vertx, config);
        // then
        assertThat(second.partitions(Topic.AGENTS)).isEqualTo(1);
        other.join();
        Await.value(first.close());
        Await.value(second.close());
    }

    /** An orchestrator and its agents often start at the same moment. */
    @RepeatedTest(5)
    void ofTwoProcessesThatStartTogetherOneCreatesAllTopics() {
        // given
        LogConfig other = config.withTopics(new TopicSettings(9, Optional.of(1)));
        // when
        Future<KafkaEventLog> first = KafkaEventLog.open(vertx, config, new SimpleMeterRegistry());
        Future<KafkaEventLog> second = KafkaEventLog.open(vertx, other, new SimpleMeterRegistry());
        // then
        List<KafkaEventLog> logs = List.of(Await.value(first), Await.value(second));
        assertThat(logs).extracting(log -> log.partitions(Topic.ORDERS)).containsOnly(partitions());
        assertThat(logs)
                .extracting(log -> log.partitions(Topic.PROGRESS))
                .containsOnly(partitions());
        logs.forEach(log -> Await.value(log.close()));
    }

    private int partitions() {
        try (Admin admin = kafka.admin()) {
            String name = kafka.topic(Topic.ORDERS);
            return KafkaAnswers.get(admin.describeTopics(List.of(name)).allTopicNames())
                    .get(name)
                    .partitions()
                    .size();
        }
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
        create(Topic.PROGRESS, 4);

        assertThat(Await.failure(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry())))
                .isInstanceOf(LogMisconfigured.class)
                .hasMessageContaining("orders has 7")
                .hasMessageContaining("progress has 4")
                .hasMessageContaining(
                        "--alter --topic " + kafka.topic(Topic.PROGRESS) + " --partitions 7");
    }

    /** Their counts agree, and the keys of before lie elsewhere. */
    @Test
    void ordersAndProgressRaisedTogetherAreRefusedOnceTheLogHasBegun() {
        // given
        EventLog log = kafka.open(vertx, config);
        int begun = log.partitions(Topic.ORDERS);
        LogCreated created =
                new LogCreated(new LogId("log-1"), "o-1", OptionalInt.of(begun), Instant.EPOCH);
        Envelope envelope = Envelope.uncounted("orchestrator:o-1", created);
        Await.value(log.writer().append(List.of(new Entry(Topic.ROLLOUTS, envelope))));
        Await.value(log.close());
        Await.value(kafka.open(vertx, config).close());
        // when
        raise(Topic.ORDERS, begun + 3);
        raise(Topic.PROGRESS, begun + 3);
        // then
        assertThat(refused())
                .isInstanceOf(LogMisconfigured.class)
                .hasMessageContaining("topic " + kafka.topic(Topic.ORDERS))
                .hasMessageContaining("topic " + kafka.topic(Topic.PROGRESS))
                .hasMessageContaining(
                        "it has " + (begun + 3) + " partitions, and the log began with " + begun)
                .hasMessageContaining("restore the topic from a backup");
    }

    @Test
    void severalPartitionsOfRolloutsAreRefused() {
        create(Topic.ROLLOUTS, 3);

        assertThat(Await.failure(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry())))
                .isInstanceOf(LogMisconfigured.class)
                .hasMessageContaining("rollouts has 3");
    }

    @Test
    void everythingThatWouldLoseRecordsIsSaidAtOnceWithTheCommandThatMendsIt() {
        EventLog log = kafka.open(vertx, config);
        Await.value(log.writer().append(Entries.progress("pg-1/acme", 1, 3)));
        Await.value(log.close());
        set(Topic.ORDERS, "retention.ms", "604800000");
        set(Topic.ROLLOUTS, "cleanup.policy", "compact");
        set(Topic.PLANS, "max.message.bytes", "1048588");
        set(Topic.PROGRESS, "retention.bytes", "1000");
        deleteRecords(Topic.PROGRESS, "pg-1/acme", 2);

        Throwable refused = refused();

        assertThat(refused)
                .isInstanceOf(LogMisconfigured.class)
                .hasMessageContaining("5 problems")
                .hasMessageContaining("retention.ms is 604800000, and has to be -1")
                .hasMessageContaining("cleanup.policy is compact, and has to be delete")
                .hasMessageContaining("max.message.bytes is 1048588, and has to be 16777216")
                .hasMessageContaining("retention.bytes is 1000, and has to be -1")
                .hasMessageContaining("begins at offset 2: the 2 before were deleted")
                .hasMessageContaining(
                        "--alter --entity-type topics --entity-name "
                                + kafka.topic(Topic.ORDERS)
                                + " --add-config retention.ms=-1");
        set(Topic.ORDERS, "retention.ms", "-1");
        assertThat(refused()).hasMessageContaining("4 problems");
    }

    @Test
    void topicDeletedWhileNobodyLookedIsNotCreatedAnew() {
        EventLog log = kafka.open(vertx, config);
        Await.value(log.writer().append(Entries.progress("pg-1/acme", 1, 1)));
        Await.value(log.close());
        delete(Topic.ROLLOUTS);

        assertThat(refused())
                .isInstanceOf(LogMisconfigured.class)
                .hasMessageContaining(
                        "it does not exist, though " + kafka.topic(Topic.PROGRESS) + " has records")
                .hasMessageContaining("--create --topic " + kafka.topic(Topic.ROLLOUTS));
    }

    @Test
    void topicDeletedInUseStopsEveryFeed() {
        EventLog log = kafka.open(vertx, config);
        LogFeed orders = log.follow(log.topicPartitions(Topic.ORDERS), new CollectingSink());
        LogFeed rollouts = log.follow(log.topicPartitions(Topic.ROLLOUTS), new CollectingSink());
        Await.value(orders.caughtUp());

        delete(Topic.ORDERS);

        assertThat(Await.failure(orders.stopped()))
                .isInstanceOf(LogCorrupt.class)
                .hasMessageContaining("topic " + kafka.topic(Topic.ORDERS) + " is gone");
        assertThat(Await.failure(rollouts.stopped())).isInstanceOf(LogCorrupt.class);
        Await.value(log.close());
    }

    private Throwable refused() {
        return Await.failure(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry()));
    }

    private void set(Topic topic, String name, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, kafka.topic(topic));
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try (Admin admin = kafka.admin()) {
            KafkaFixture.get(
                    admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
        }
    }

    private void delete(Topic topic) {
        try (Admin admin = kafka.admin()) {
            KafkaFixture.get(admin.deleteTopics(List.of(kafka.topic(topic))).all());
        }
    }

    private void deleteRecords(Topic topic, String key, long before) {
        int partition = TopicLayout.of(4).partitionOf(topic, key).partition();
        org.apache.kafka.common.TopicPartition where =
                new org.apache.kafka.common.TopicPartition(kafka.topic(topic), partition);
        try (Admin admin = kafka.admin()) {
            KafkaFixture.get(
                    admin.deleteRecords(Map.of(where, RecordsToDelete.beforeOffset(before))).all());
        }
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

    private void raise(Topic topic, int partitions) {
        try (Admin admin = kafka.admin()) {
            Map<String, NewPartitions> wanted =
                    Map.of(kafka.topic(topic), NewPartitions.increaseTo(partitions));
            KafkaFixture.get(admin.createPartitions(wanted).all());
        }
    }

    private void create(Topic topic, int partitions) {
        create(topic, partitions, Map.of());
    }

    private void create(Topic topic, int partitions, Map<String, String> settings) {
        try (Admin admin = kafka.admin()) {
            NewTopic wanted = new NewTopic(kafka.topic(topic), partitions, ONE_COPY);
            wanted.configs(settings);
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
