package dev.skein.orchestrator.runtime;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogFeed;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.RecordSink;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import dev.skein.protocol.log.UnreadableRecord;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the history of single databases from the log; each read scans the database's partitions.
 */
final class HistoryReader {
    /** Each read has a feed of its own, so there are only so many at a time. */
    static final int READS_MAX = 4;

    /** By the broker's clock; an order comes before a report of the same millisecond. */
    private static final Comparator<LogRecord> ORDER =
            Comparator.comparing(LogRecord::appendedAt)
                    .thenComparing(each -> each.position().topicPartition())
                    .thenComparing(each -> each.position().offset());

    private final EventLog log;
    private final AtomicInteger reads = new AtomicInteger();

    HistoryReader(EventLog log) {
        this.log = log;
    }

    Future<DatabaseHistory> read(DatabaseId database, int limit) {
        if (reads.incrementAndGet() > READS_MAX) {
            reads.decrementAndGet();
            return Future.failedFuture(tooMany(database));
        }
        Newest newest = new Newest(database.toString(), limit);
        LogFeed feed = log.follow(topicPartitions(database), newest);
        return feed.caughtUp()
                .map(caughtUp -> newest.history())
                .eventually(feed::close)
                .onComplete(done -> reads.decrementAndGet());
    }

    private static LogUnavailable tooMany(DatabaseId database) {
        return new LogUnavailable(
                "history of %s was not read: %d histories are being read already; ask again"
                        .formatted(database, READS_MAX),
                null);
    }

    private Set<TopicPartition> topicPartitions(DatabaseId database) {
        Set<TopicPartition> topicPartitions = new TreeSet<>();
        topicPartitions.add(log.partitionOf(Topic.ORDERS, database.toString()));
        topicPartitions.add(log.partitionOf(Topic.PROGRESS, database.toString()));
        return topicPartitions;
    }

    private static final class Newest implements RecordSink {
        private final String key;
        private final int limit;
        private final PriorityQueue<LogRecord> kept = new PriorityQueue<>(ORDER);
        private long omitted;

        Newest(String key, int limit) {
            this.key = key;
            this.limit = limit;
        }

        @Override
        public Future<Void> accept(List<LogRecord> batch) {
            batch.stream().filter(record -> record.key().equals(key)).forEach(this::add);
            return Future.succeededFuture();
        }

        /**
         * The database's page says what could not be taken; the rest of its history still reads.
         */
        @Override
        public Future<Void> unreadable(UnreadableRecord record) {
            return Future.succeededFuture();
        }

        private void add(LogRecord record) {
            kept.add(record);
            if (kept.size() > limit) {
                kept.remove();
                omitted++;
            }
        }

        DatabaseHistory history() {
            return new DatabaseHistory(kept.stream().sorted(ORDER).toList(), omitted);
        }
    }
}
