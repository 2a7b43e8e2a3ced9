package dev.skein.orchestrator.rollout;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log without a broker: gives every entry its partition and offset and keeps all records. */
public final class TestLog {
    private static final int PARTITIONS = 4;

    private final List<LogRecord> records = new ArrayList<>();
    private final Map<TopicPartition, Long> ends = new TreeMap<>();

    /** All records in the order of their arrival. */
    public List<LogRecord> records() {
        return records;
    }

    /** Appends one entry. */
    public LogRecord append(Entry entry, Instant at) {
        Envelope envelope = entry.envelope();
        FleetEvent event = envelope.event();
        TopicPartition topicPartition = partitionOf(entry.topic(), event.key());
        long offset = ends.merge(topicPartition, 1L, Long::sum) - 1;
        LogRecord record =
                new LogRecord(new Position(topicPartition, offset), event.key(), at, envelope);
        records.add(record);
        return record;
    }

    /** Where a record of this key that is no event stands. */
    Position unreadable(Topic topic, String key) {
        TopicPartition topicPartition = partitionOf(topic, key);
        return new Position(topicPartition, ends.merge(topicPartition, 1L, Long::sum) - 1);
    }

    private static TopicPartition partitionOf(Topic topic, String key) {
        int partitions =
                switch (topic) {
                    case PLANS, ROLLOUTS, SKIPS -> 1;
                    case ORDERS, PROGRESS, AGENTS -> PARTITIONS;
                };
        return new TopicPartition(topic, Math.floorMod(key.hashCode(), partitions));
    }
}
