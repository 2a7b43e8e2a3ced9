package dev.skein.protocol.log;

import java.util.Optional;

/**
 * How topics are created where there are none; existing topics stay as they are.
 *
 * @param partitions of orders and of progress, 1 to 10,000; the others have one
 * @param replicationFactor copies of each record, from 1; the broker's default where absent
 */
public record TopicSettings(int partitions, Optional<Integer> replicationFactor) {
    /** 32 partitions, as many copies as the broker's default says. */
    public static final TopicSettings DEFAULT = new TopicSettings(32, Optional.empty());

    static final int PARTITIONS_MAX = 10_000;

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public TopicSettings {
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new IllegalArgumentException(
                    "partitions " + partitions + " is not in 1 to " + PARTITIONS_MAX);
        }
        if (replicationFactor.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "replication factor " + replicationFactor.get() + " is below 1");
        }
    }
}
