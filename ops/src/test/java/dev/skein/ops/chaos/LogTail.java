package dev.skein.ops.chaos;

import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.CollectingSink;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.LogFeed;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The whole log as this process reads it, from its first record on and for as long as it grows. */
final class LogTail implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final CollectingSink sink = new CollectingSink();
    private final KafkaEventLog log;
    private final LogFeed feed;

    private LogTail(LogConfig config) {
        log = Await.value(KafkaEventLog.open(vertx, config, new SimpleMeterRegistry()));
        feed = log.follow(allPartitions(), sink);
    }

    /** Follows, and creates the topics where there are none. */
    static LogTail of(LogConfig config) {
        return new LogTail(config);
    }

    private Set<TopicPartition> allPartitions() {
        Set<TopicPartition> topicPartitions = new TreeSet<>();
        for (Topic topic : Topic.values()) {
            topicPartitions.addAll(log.topicPartitions(topic));
        }
        return topicPartitions;
    }

    /** Everything that is in the log at this moment, in the order in which it was read. */
    List<LogRecord> upToNow() {
        Await.value(feed.follow(allPartitions()));
        return sink.records();
    }

    /** Everything read so far. */
    List<LogRecord> records() {
        return sink.records();
    }

    /** The events of one type read so far, those sent twice counted once. */
    <E extends FleetEvent> List<E> events(Class<E> type) {
        return records().stream()
                .map(LogRecord::envelope)
                .filter(envelope -> type.isInstance(envelope.event()))
                .distinct()
                .map(envelope -> type.cast(envelope.event()))
                .toList();
    }

    /** Steps reported as done so far. */
    int steps() {
        return events(StepSucceeded.class).size();
    }

    @Override
    public void close() {
        Await.value(log.close());
        Await.value(vertx.close());
    }
}
