package dev.skein.protocol.log;

/** Where a record is: its partition and its offset there. */
public record Position(TopicPartition topicPartition, long offset) {
    /** As people give it to a command: {@code rollouts/0/17}. */
    public String path() {
        return topicPartition.topic().label() + "/" + topicPartition.partition() + "/" + offset;
    }

    @Override
    public String toString() {
        return topicPartition + "@" + offset;
    }
}
