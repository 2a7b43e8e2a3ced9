package dev.skein.protocol.log;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a process reaches the log.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param topicPrefix put before the topics' names with a dot, and before the names of elections and
 *     exclusive writers
 * @param topics how topics are created where there are none
 * @param limits how long to wait and how much to hold
 * @param client further properties of Kafka's clients, such as those for TLS and SASL; may hold
 *     secrets, so they are left out of {@code toString}
 */
public record LogConfig(
        String bootstrapServers,
        String topicPrefix,
        TopicSettings topics,
        LogLimits limits,
        Map<String, String> client) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String PREFIX_DEFAULT = "skein";

    /**
     * @throws IllegalArgumentException if the servers are blank, the prefix cannot begin a topic's
     *     name, or a client property is one that Skein sets itself
     */
    public LogConfig {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers are empty");
        }
        requireTopicPrefix(topicPrefix);
        client = Collections.unmodifiableMap(new TreeMap<>(client));
        KafkaClients.requireFree(client.keySet());
    }

    /** The prefix itself, where it can begin a topic's name. */
    static String requireTopicPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix '"
                            + prefix
                            + "' is not 1 to 100 letters, digits, '.', '_' or '-'");
        }
        return prefix;
    }

    /** Everything else by default. */
    public static LogConfig of(String bootstrapServers) {
        return new LogConfig(
                bootstrapServers,
                PREFIX_DEFAULT,
                TopicSettings.DEFAULT,
                LogLimits.DEFAULT,
                Collections.emptyMap());
    }

    /** With another prefix. */
    public LogConfig withTopicPrefix(String prefix) {
        return new LogConfig(bootstrapServers, prefix, topics, limits, client);
    }

    /** With other settings for new topics. */
    public LogConfig withTopics(TopicSettings settings) {
        return new LogConfig(bootstrapServers, topicPrefix, settings, limits, client);
    }

    /** With other limits. */
    public LogConfig withLimits(LogLimits newLimits) {
        return new LogConfig(bootstrapServers, topicPrefix, topics, newLimits, client);
    }

    /** With these properties of Kafka's clients. */
    public LogConfig withClient(Map<String, String> properties) {
        return new LogConfig(bootstrapServers, topicPrefix, topics, limits, properties);
    }

    @Override
    public String toString() {
        return "LogConfig[%s, prefix %s, %s, %s, client properties %s]"
                .formatted(bootstrapServers, topicPrefix, topics, limits, client.keySet());
    }
}
