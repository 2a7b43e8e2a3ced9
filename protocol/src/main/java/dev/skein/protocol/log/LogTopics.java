package dev.skein.protocol.log;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics where they are missing and reads how many partitions they have.
 *
 * <p>Blocks, for each topic at most twice the answer timeout. A process that may not create topics,
 * such as an agent, gets along where they exist.
 */
final class LogTopics {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogTopics.class);
    private static final String UNLIMITED = "-1";

    private final Admin admin;
    private final TopicNames names;
    private final TopicSettings settings;

    LogTopics(Admin admin, TopicNames names, TopicSettings settings) {
        this.admin = admin;
        this.names = names;
        this.settings = settings;
    }

    /**
     * @throws LogUnavailable if the brokers do not answer, or a topic is missing that this process
     *     may not create
     * @throws LogRefused if the brokers refuse, or the topics that exist do not fit together
     */
    TopicLayout ensure() {
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            counts.put(topic, existing(topic).orElseGet(() -> created(topic)));
        }
        try {
            return new TopicLayout(counts);
        } catch (IllegalArgumentException e) {
            throw new LogRefused("topics " + names.all() + " do not fit: " + e.getMessage(), e);
        }
    }

    private Optional<Integer> existing(Topic topic) {
        String name = names.of(topic);
        try {
            var descriptions = admin.describeTopics(List.of(name)).allTopicNames();
            return Optional.of(get(descriptions).get(name).partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw KafkaFailures.translate("description of topic " + name, e);
        }
    }

    private int created(Topic topic) {
        NewTopic wanted = wanted(topic);
        try {
            get(admin.createTopics(List.of(wanted)).all());
            LOGGER.atInfo().addKeyValue("topic", wanted.name()).log("Topic created");
        } catch (TopicExistsException e) {
            return existing(topic).orElse(wanted.numPartitions());
        } catch (AuthorizationException e) {
            throw new LogUnavailable(
                    ("topic %s does not exist and this process may not create it;"
                                    + " an orchestrator creates it when it starts")
                            .formatted(wanted.name()),
                    e);
        } catch (KafkaException e) {
            throw KafkaFailures.translate("creation of topic " + wanted.name(), e);
        }
        return wanted.numPartitions();
    }

    private NewTopic wanted(Topic topic) {
        int partitions =
                switch (topic) {
                    case ORDERS, PROGRESS -> settings.partitions();
                    case PLANS, ROLLOUTS, AGENTS -> 1;
                };
        Optional<Short> copies = settings.replicationFactor().map(Integer::shortValue);
        return new NewTopic(names.of(topic), Optional.of(partitions), copies)
                .configs(configuration(topic));
    }

    private Map<String, String> configuration(Topic topic) {
        Map<String, String> configuration = new TreeMap<>();
        // Who is silent is judged by one clock, the broker's, and not by every agent's own.
        configuration.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        configuration.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaClients.RECORD_BYTES_MAX));
        switch (topic) {
            case PLANS, AGENTS ->
                    configuration.put(
                            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case ROLLOUTS, ORDERS, PROGRESS -> keepForEver(configuration);
        }
        // With three copies an acknowledged record survives the loss of one broker.
        settings.replicationFactor()
                .filter(copies -> copies > 2)
                .ifPresent(
                        ignored -> configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"));
        return configuration;
    }

    private static void keepForEver(Map<String, String> configuration) {
        configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configuration.put(TopicConfig.RETENTION_MS_CONFIG, UNLIMITED);
        configuration.put(TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED);
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure
                    ? failure
                    : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
