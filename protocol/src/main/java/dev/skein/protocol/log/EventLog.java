package dev.skein.protocol.log;

import dev.skein.protocol.event.RecordSkipped;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/**
 * The log that orchestrators and agents meet in: the only thing they share.
 *
 * <p>One instance a process. All methods may be called on any Vert.x context and answer on it.
 */
public interface EventLog {
    /** How many partitions the topic has; orders and progress have the same number. */
    int partitions(Topic topic);

    /** The partition that records of this key are in; equal partitions for orders and progress. */
    TopicPartition partitionOf(Topic topic, String key);

    /** All partitions of the topic. */
    Set<TopicPartition> topicPartitions(Topic topic);

    /** A writer whose entries arrive at least once, in order. */
    LogWriter writer();

    /**
     * A writer that fences every older writer of that name and appends atomically.
     *
     * @return fails with {@link LogUnavailable} if the broker does not answer in time, with {@link
     *     LogRefused} if it does not let this process write so
     */
    Future<LogWriter> exclusiveWriter(String name);

    /** Follows the partitions from their first record on; the sink runs on the calling context. */
    LogFeed follow(Set<TopicPartition> topicPartitions, RecordSink sink);

    /**
     * Reads one record.
     *
     * @return fails with {@link LogUnavailable} if there is none at that position, or no answer
     */
    Future<LogRecord> read(Position position);

    /**
     * A person's decision to pass over this record, if there is one; to be asked for a record that
     * would stop the reader.
     *
     * @return fails with {@link LogUnavailable} if the log does not answer
     */
    default Future<Optional<RecordSkipped>> skipOf(Position position) {
        return SkipDecisions.of(this, position);
    }

    /** Enters the election of that name; the candidate is told on the calling context. */
    LeaderElection standForElection(String election, LeaderElection.Candidate candidate);

    /** Closes everything that was opened here. Never fails. */
    Future<Void> close();
}
