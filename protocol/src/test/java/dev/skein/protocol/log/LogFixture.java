package dev.skein.protocol.log;

import dev.skein.protocol.codec.Envelope;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A log that is opened before each test and closed after it. */
abstract class LogFixture {
    static final String DATABASE = "pg-1/acme";

    private Vertx vertx;
    private EventLog log;

    @BeforeEach
    void openLog() {
        vertx = Vertx.vertx();
        log = open(vertx);
    }

    @AfterEach
    void closeLog() {
        Await.value(log.close());
        Await.value(vertx.close());
    }

    /** A log as another process over the same records would have it. */
    abstract EventLog open(Vertx processVertx);

    final Vertx vertx() {
        return vertx;
    }

    final EventLog log() {
        return log;
    }

    final Set<TopicPartition> both(Topic one, Topic two) {
        Set<TopicPartition> topicPartitions = new TreeSet<>(log.topicPartitions(one));
        topicPartitions.addAll(log.topicPartitions(two));
        return Collections.unmodifiableSet(topicPartitions);
    }

    static List<Integer> sequences(List<LogRecord> records) {
        return records.stream().map(record -> (int) record.envelope().sequence()).toList();
    }

    static List<String> sources(List<LogRecord> records) {
        return records.stream().map(record -> record.envelope().source()).toList();
    }

    static List<Position> positions(List<LogRecord> records) {
        return records.stream().map(LogRecord::position).toList();
    }

    static List<Envelope> envelopes(List<LogRecord> records) {
        return records.stream().map(LogRecord::envelope).toList();
    }
}
