package dev.skein.protocol.log;

import dev.skein.protocol.SizeLimits;
import dev.skein.protocol.log.RecordParts.Place;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes whole records of those that one partition holds in parts, in the order of their offsets.
 *
 * <p>A part that follows none of its own is passed over: compaction leaves such ones of a value
 * that was written again later, and that one is whole. Confined to one thread.
 */
final class PartAssembler {
    private static final int BYTES_MAX = SizeLimits.BODY_BYTES_MAX;
    private static final String ID = "ce_id";

    private Optional<ConsumerRecord<String, byte[]>> first = Optional.empty();
    private byte[] value = new byte[0];
    private int filled;

    /** The record, or the whole whose last part it is; empty for any other part. */
    Optional<ConsumerRecord<String, byte[]>> add(ConsumerRecord<String, byte[]> record) {
        Optional<Place> place = RecordParts.place(record.headers());
        if (place.isEmpty() || record.key() == null || record.value() == null) {
            return Optional.of(record);
        }
        add(record, place.get());
        boolean complete = first.isPresent() && filled == value.length;
        return complete ? Optional.of(whole()) : Optional.empty();
    }

    private void add(ConsumerRecord<String, byte[]> record, Place place) {
        if (place.first() == 0 && place.all() <= BYTES_MAX) {
            first = Optional.of(record);
            value = new byte[place.all()];
            filled = 0;
        }
        boolean follows =
                place.first() == filled
                        && place.all() == value.length
                        && record.value().length <= value.length - filled
                        && first.filter(begun -> isSame(begun, record)).isPresent();
        if (follows) {
            System.arraycopy(record.value(), 0, value, filled, record.value().length);
            filled += record.value().length;
        } else {
            forget();
        }
    }

    private static boolean isSame(
            ConsumerRecord<String, byte[]> begun, ConsumerRecord<String, byte[]> record) {
        Header one = begun.headers().lastHeader(ID);
        Header other = record.headers().lastHeader(ID);
        return one != null && other != null && Arrays.equals(one.value(), other.value());
    }

    private ConsumerRecord<String, byte[]> whole() {
        ConsumerRecord<String, byte[]> begun = first.orElseThrow();
        RecordHeaders headers = new RecordHeaders(begun.headers());
        headers.remove(RecordParts.HEADER);
        String key = RecordParts.keyOfWhole(begun.key());
        ConsumerRecord<String, byte[]> whole =
                new ConsumerRecord<>(
                        begun.topic(),
                        begun.partition(),
                        begun.offset(),
                        begun.timestamp(),
                        begun.timestampType(),
                        key.length(),
                        value.length,
                        key,
                        value,
                        headers,
                        begun.leaderEpoch());
        forget();
        return whole;
    }

    private void forget() {
        first = Optional.empty();
        value = new byte[0];
        filled = 0;
    }
}
