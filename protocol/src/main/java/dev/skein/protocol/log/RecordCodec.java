package dev.skein.protocol.log;

import dev.skein.protocol.SizeLimits;
import dev.skein.protocol.codec.Decoded;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.EventCodec;
import dev.skein.protocol.codec.UndecodableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Entries as Kafka's records, and records read back. Threads: any. */
final class RecordCodec {
    private final TopicNames names;
    private final TopicLayout layout;

    RecordCodec(TopicNames names, TopicLayout layout) {
        this.names = names;
        this.layout = layout;
    }

    /**
     * The entry as one record or, where it is a plan that is too large for one, as several in a
     * row.
     *
     * @throws LogRefused if the entry is larger than its topic carries
     */
    List<ProducerRecord<String, byte[]>> encode(Entry entry) {
        ProducerRecord<String, byte[]> whole = whole(entry);
        int max =
                entry.topic() == Topic.PLANS
                        ? SizeLimits.BODY_BYTES_MAX
                        : SizeLimits.RECORD_BYTES_MAX - 1;
        int bytes = whole.value().length;
        if (bytes > max) {
            throw new LogRefused(
                    "append of %s to %s: it has %d bytes, %d are allowed"
                            .formatted(whole.key(), entry.topic().label(), bytes, max),
                    null);
        }
        return bytes < SizeLimits.RECORD_BYTES_MAX ? List.of(whole) : RecordParts.split(whole);
    }

    private ProducerRecord<String, byte[]> whole(Entry entry) {
        String key = entry.envelope().event().key();
        TopicPartition topicPartition = layout.partitionOf(entry.topic(), key);
        byte[] value = EventCodec.encode(entry.envelope());
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        names.of(topicPartition.topic()), topicPartition.partition(), key, value);
        EventCodec.headers(entry.envelope())
                .forEach((name, text) -> record.headers().add(name, bytes(text)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Position position(String topic, int partition, long offset) {
        return new Position(
                names.topicPartition(new org.apache.kafka.common.TopicPartition(topic, partition)),
                offset);
    }

    /**
     * The record, or empty if it says that readers who do not know its type may pass over it.
     *
     * @throws LogCorrupt if it cannot be decoded, naming its position
     */
    Optional<LogRecord> decode(ConsumerRecord<String, byte[]> record) {
        Position position = position(record.topic(), record.partition(), record.offset());
        if (record.key() == null || record.value() == null) {
            throw new LogCorrupt("record " + position + " has no key or no value", null);
        }
        Decoded decoded = decode(position, record.value());
        if (decoded instanceof Decoded.Known known) {
            return Optional.of(read(position, record, known.envelope()));
        }
        return Optional.empty();
    }

    /** What stands in the place of a record that {@link #decode} refused. */
    UnreadableRecord unreadable(ConsumerRecord<String, byte[]> record, LogCorrupt problem) {
        return new UnreadableRecord(
                position(record.topic(), record.partition(), record.offset()),
                Optional.ofNullable(record.key()),
                Instant.ofEpochMilli(record.timestamp()),
                problem.getMessage());
    }

    /** The record for a person to look at. */
    RawRecord raw(ConsumerRecord<String, byte[]> record) {
        Optional<byte[]> value = Optional.ofNullable(record.value());
        return new RawRecord(
                position(record.topic(), record.partition(), record.offset()),
                Optional.ofNullable(record.key()),
                Instant.ofEpochMilli(record.timestamp()),
                value.map(bytes -> bytes.length).orElse(0),
                value.map(bytes -> new String(bytes, StandardCharsets.UTF_8)),
                problem(record));
    }

    private Optional<String> problem(ConsumerRecord<String, byte[]> record) {
        try {
            decode(record);
            return Optional.empty();
        } catch (LogCorrupt e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Decoded decode(Position position, byte[] value) {
        try {
            return EventCodec.decode(value);
        } catch (UndecodableEvent e) {
            throw new LogCorrupt("record " + position + ": " + e.getMessage(), e);
        }
    }

    private static LogRecord read(
            Position position, ConsumerRecord<String, byte[]> record, Envelope envelope) {
        Instant appendedAt = Instant.ofEpochMilli(record.timestamp());
        return new LogRecord(position, record.key(), appendedAt, envelope);
    }
}
