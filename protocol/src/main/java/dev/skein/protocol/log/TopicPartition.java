package dev.skein.protocol.log;

/** One partition of one topic; records of a partition have one order. */
public record TopicPartition(Topic topic, int partition) implements Comparable<TopicPartition> {
    @Override
    public int compareTo(TopicPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return topic.label() + "-" + partition;
    }
}
