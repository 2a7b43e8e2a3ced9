package dev.skein.protocol.log;

/** Where a record is: its partition and its offset there. */
public record Position(TopicPartition topicPartition, long offset) {
    @Override
    public String toString() {
        return topicPartition + "@" + offset;
    }
}
