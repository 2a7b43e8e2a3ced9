package dev.skein.protocol.log;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Utils;

/**
 * How many partitions each topic has, and which of them a key belongs to.
 *
 * <p>Invariants: every topic has at least one partition, rollouts exactly one, orders and progress
 * equally many.
 */
record TopicLayout(Map<Topic, Integer> partitions) {
    /**
     * @throws IllegalArgumentException if an invariant does not hold; the message names the topics
     *     and counts
     */
    TopicLayout {
        partitions = Collections.unmodifiableMap(new EnumMap<>(partitions));
        for (Topic topic : Topic.values()) {
            if (partitions.getOrDefault(topic, 0) < 1) {
                throw new IllegalArgumentException("topic " + topic.label() + " has no partition");
            }
        }
        int rollouts = partitions.get(Topic.ROLLOUTS);
        if (rollouts != 1) {
            throw new IllegalArgumentException(
                    "topic rollouts has %d partitions; it needs exactly 1".formatted(rollouts));
        }
        int orders = partitions.get(Topic.ORDERS);
        int progress = partitions.get(Topic.PROGRESS);
        if (orders != progress) {
            throw new IllegalArgumentException(
                    "topic orders has %d partitions, topic progress has %d; they need equally many"
                            .formatted(orders, progress));
        }
    }

    /** Orders and progress with this many partitions, the others with one. */
    static TopicLayout of(int databasePartitions) {
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            counts.put(topic, 1);
        }
        counts.put(Topic.ORDERS, databasePartitions);
        counts.put(Topic.PROGRESS, databasePartitions);
        return new TopicLayout(counts);
    }

    int count(Topic topic) {
        return partitions.get(topic);
    }

    /** Where Kafka's default partitioner puts the key, so that other producers agree with Skein. */
    TopicPartition partitionOf(Topic topic, String key) {
        int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
        return new TopicPartition(topic, hash % count(topic));
    }

    Set<TopicPartition> topicPartitions(Topic topic) {
        Set<TopicPartition> topicPartitions = new TreeSet<>();
        for (int partition = 0; partition < count(topic); partition++) {
            topicPartitions.add(new TopicPartition(topic, partition));
        }
        return Collections.unmodifiableSet(topicPartitions);
    }
}
