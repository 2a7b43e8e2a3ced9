package dev.skein.protocol.log;

import io.vertx.core.Future;
import java.util.Set;

/** A reader that follows some partitions of the log, from their first record on. */
public interface LogFeed {
    /**
     * Completes once everything that was in the feed's partitions when it was opened has been taken
     * by the sink; fails if the feed stopped before.
     */
    Future<Void> caughtUp();

    /**
     * Changes what is followed. Partitions that are new are read from their first record; those
     * left out deliver nothing more; the rest continues where it was.
     *
     * @return completes once everything that was in all these partitions at this call has been
     *     taken by the sink; so following the same partitions again waits for what others wrote
     *     before it
     */
    Future<Void> follow(Set<TopicPartition> topicPartitions);

    /**
     * Succeeds when the feed was closed. Fails when its sink failed, with the sink's failure; with
     * {@link LogCorrupt} at a record that cannot be decoded, after the sink took those before it,
     * unless the sink takes that one too; or when a topic is gone; with {@link LogRefused} if the
     * brokers do not let it read.
     */
    Future<Void> stopped();

    /** Stops reading; nothing reaches the sink after the future completed. Never fails. */
    Future<Void> close();
}
