package dev.skein.protocol.log;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a feed has to have read before somebody is told: the ends of some partitions as the brokers
 * gave them once. Confined to the poll thread, except for its reply.
 */
final class FeedGoal {
    private final Set<TopicPartition> topicPartitions;
    private final ContextPromise<Void> reply;
    private Optional<Map<TopicPartition, Long>> ends = Optional.empty();

    FeedGoal(Set<TopicPartition> topicPartitions, ContextPromise<Void> reply) {
        this.topicPartitions = topicPartitions;
        this.reply = reply;
    }

    Set<TopicPartition> topicPartitions() {
        return topicPartitions;
    }

    ContextPromise<Void> reply() {
        return reply;
    }

    /** The ends, once they are known. */
    Optional<Map<TopicPartition, Long>> ends() {
        return ends;
    }

    void endsAt(Map<TopicPartition, Long> known) {
        ends = Optional.of(new TreeMap<>(known));
    }
}
