package dev.skein.protocol.log;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what Skein never would, with a client that knows nothing of it. */
public final class ForeignRecords {
    private ForeignRecords() {}

    /** Appends one record; where it is. */
    public static Position append(LogConfig config, Topic topic, String key, String value) {
        Map<String, Object> settings = new HashMap<>(config.client());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        String name = new TopicNames(config.topicPrefix()).of(topic);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata written =
                    producer.send(
                                    new ProducerRecord<>(
                                            name, key, value.getBytes(StandardCharsets.UTF_8)))
                            .get();
            return new Position(new TopicPartition(topic, written.partition()), written.offset());
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("the foreign record was not written", e);
        }
    }
}
