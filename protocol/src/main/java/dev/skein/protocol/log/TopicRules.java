package dev.skein.protocol.log;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** What each topic's settings have to be, whoever creates it. */
final class TopicRules {
    private static final String UNLIMITED = "-1";

    private TopicRules() {}

    /** Whether every record of the topic is needed, the first as well as the last. */
    static boolean isKeptForEver(Topic topic) {
        return switch (topic) {
            case PLANS, AGENTS -> false;
            case ROLLOUTS, ORDERS, PROGRESS, SKIPS -> true;
        };
    }

    /** By Kafka's names. */
    static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new TreeMap<>();
        // Who is silent is judged by one clock, the broker's, and not by every agent's own.
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaClients.RECORD_BYTES_MAX));
        if (isKeptForEver(topic)) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
            settings.put(TopicConfig.RETENTION_MS_CONFIG, UNLIMITED);
            settings.put(TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED);
        } else {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        return Collections.unmodifiableMap(settings);
    }
}
