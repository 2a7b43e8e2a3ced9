package dev.skein.protocol.log;

import dev.skein.protocol.SizeLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes Kafka's clients with the settings that Skein's guarantees rest on.
 *
 * <p>Everything is written out, so that a change of Kafka's defaults changes nothing here.
 */
final class KafkaClients {
    /** The largest record, compressed or not; the topics are created with the same limit. */
    static final int RECORD_BYTES_MAX = SizeLimits.RECORD_BYTES_MAX;

    static final int POLL_RECORDS_MAX = 500;

    private static final Set<String> SET_HERE =
            Collections.unmodifiableSet(
                    new TreeSet<>(
                            Set.of(
                                    CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                    ConsumerConfig.GROUP_ID_CONFIG,
                                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                    ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                                    ProducerConfig.ACKS_CONFIG,
                                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG)));

    private static final Duration REQUEST_MAX = Duration.ofSeconds(10);
    private static final int HEARTBEATS_A_SESSION = 3;
    private static final int PRODUCER_BUFFER_BYTES = 4 * RECORD_BYTES_MAX;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int READ_ONE_BYTES = 64 * 1024;

    private final LogConfig config;
    private final TopicNames names;

    KafkaClients(LogConfig config, TopicNames names) {
        this.config = config;
        this.names = names;
    }

    /** Whether a guarantee of Skein's rests on this property, so that nobody may configure it. */
    static boolean isSetBySkein(String property) {
        return SET_HERE.contains(property);
    }

    /**
     * @throws IllegalArgumentException if Skein sets one of the properties itself
     */
    static void requireFree(Set<String> properties) {
        Set<String> taken = new TreeSet<>(properties);
        taken.retainAll(SET_HERE);
        if (!taken.isEmpty()) {
            throw new IllegalArgumentException(
                    "client properties " + taken + " cannot be configured: Skein sets them itself");
        }
    }

    Admin admin() {
        Map<String, Object> settings = common();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerMillis());
        return Admin.create(settings);
    }

    /** For a feed: assigned by hand, from the beginning, committed records only. */
    Consumer<String, byte[]> feedConsumer() {
        return consumer(feedSettings());
    }

    /** For reading one record at a time. */
    Consumer<String, byte[]> readConsumer() {
        Map<String, Object> settings = feedSettings();
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // A record larger than this still arrives whole, but alone.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, READ_ONE_BYTES);
        return consumer(settings);
    }

    private Map<String, Object> feedSettings() {
        Map<String, Object> settings = consumerSettings();
        // An offset that is no longer there means lost records: never a reason to jump.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, RECORD_BYTES_MAX);
        return settings;
    }

    /** For an election: a member of a group that never reads. */
    Consumer<String, byte[]> candidateConsumer(String election) {
        int session = Math.toIntExact(config.limits().sessionTimeout().toMillis());
        Map<String, Object> settings = consumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, names.id(election));
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / HEARTBEATS_A_SESSION);
        // Sticky, so that a newcomer does not depose the leader.
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return consumer(settings);
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerMillis());
        return settings;
    }

    private static Consumer<String, byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Each record once and in order while it lives. */
    Producer<String, byte[]> producer() {
        return producer(producerSettings());
    }

    /** Fences every older producer of the name once its transactions are initialised. */
    Producer<String, byte[]> exclusiveProducer(String name) {
        Map<String, Object> settings = producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, names.id(name));
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, deliveryMillis());
        return producer(settings);
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliveryMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis());
        // Batches form while the one before is under way; waiting for more only adds delay.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES_MAX);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
        return settings;
    }

    private static Producer<String, byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(config.client());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    private int deliveryMillis() {
        return Math.toIntExact(config.limits().deliveryTimeout().toMillis());
    }

    private int answerMillis() {
        return Math.toIntExact(config.limits().answerTimeout().toMillis());
    }

    /** Kafka wants a request to end before the delivery, or the answer, that it is part of. */
    private int requestMillis() {
        long shortest = Math.min(deliveryMillis(), answerMillis()) / 2;
        return Math.toIntExact(Math.min(REQUEST_MAX.toMillis(), shortest));
    }
}
