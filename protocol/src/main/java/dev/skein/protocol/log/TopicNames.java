package dev.skein.protocol.log;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What topics, groups and transactions of one deployment are called in Kafka. */
final class TopicNames {
    private final String prefix;
    private final Map<String, Topic> topics = new TreeMap<>();

    TopicNames(String prefix) {
        this.prefix = prefix;
        for (Topic topic : Topic.values()) {
            topics.put(of(topic), topic);
        }
    }

    String of(Topic topic) {
        return prefix + "." + topic.label();
    }

    /** The id of a group or a transactional writer. */
    String id(String name) {
        return prefix + "-" + name;
    }

    org.apache.kafka.common.TopicPartition partition(TopicPartition topicPartition) {
        return new org.apache.kafka.common.TopicPartition(
                of(topicPartition.topic()), topicPartition.partition());
    }

    Set<org.apache.kafka.common.TopicPartition> partitions(
            Collection<TopicPartition> topicPartitions) {
        return topicPartitions.stream().map(this::partition).collect(Collectors.toSet());
    }

    TopicPartition topicPartition(org.apache.kafka.common.TopicPartition partition) {
        return new TopicPartition(topics.get(partition.topic()), partition.partition());
    }

    /** All names in Kafka. */
    Set<String> all() {
        return Collections.unmodifiableSet(topics.keySet());
    }

    /** The topic of that name in Kafka. */
    Topic topic(String name) {
        return topics.get(name);
    }
}
