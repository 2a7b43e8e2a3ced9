package dev.skein.protocol.log;

import dev.skein.embedded.testing.TestKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A deployment of its own on an embedded broker, and Kafka's own clients to look behind it. */
final class KafkaFixture {
    private final String servers;
    private final String prefix = "it-" + UUID.randomUUID();
    private final TopicNames names = new TopicNames(prefix);

    KafkaFixture(TestKafka kafka) {
        this.servers = kafka.bootstrapServers();
    }

    /** Four partitions; these times, so that a test can wait for a failure. */
    LogConfig config(Duration delivery, Duration answer) {
        return LogConfig.of(servers)
                .withTopicPrefix(prefix)
                .withTopics(new TopicSettings(4, Optional.of(1)))
                .withLimits(LogLimits.DEFAULT.withTimeouts(delivery, answer));
    }

    /** What a log opened with {@link #config} is like. */
    KafkaEventLog open(Vertx vertx, LogConfig config) {
        return Await.value(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry()));
    }

    String topic(Topic topic) {
        return names.of(topic);
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
    }

    /** A producer that knows nothing of Skein. */
    KafkaProducer<String, byte[]> foreignProducer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka did not do it", e);
        }
    }
}
