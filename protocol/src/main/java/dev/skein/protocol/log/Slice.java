package dev.skein.protocol.log;

/** One partition of one topic; records of a slice have one order. */
public record Slice(Topic topic, int partition) implements Comparable<Slice> {
    @Override
    public int compareTo(Slice other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return topic.label() + "-" + partition;
    }
}
