package dev.skein.protocol.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A value that is too large for one record, as several in a row.
 *
 * <p>They are written in one transaction, into one partition, by the only writer of their topic, so
 * that nothing stands between them. Each has the headers of the whole, a header that says which
 * bytes it holds, and a key of its own, or compaction would leave the last one only. The position
 * of the whole is that of its first part. Parts are no larger than a record may be by Kafka's own
 * default.
 */
final class RecordParts {
    /** {@code first/all}: the number of its first byte, from 0, and how many the whole has. */
    static final String HEADER = "skein_part";

    static final int PART_BYTES_MAX = 1_000_000;

    private static final Pattern PLACE = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

    private RecordParts() {}

    /** Which bytes of how many a part holds. */
    record Place(int first, int all) {}

    static List<ProducerRecord<String, byte[]>> split(ProducerRecord<String, byte[]> whole) {
        byte[] value = whole.value();
        List<ProducerRecord<String, byte[]>> parts = new ArrayList<>();
        for (int first = 0; first < value.length; first += PART_BYTES_MAX) {
            int end = Math.min(first + PART_BYTES_MAX, value.length);
            ProducerRecord<String, byte[]> part =
                    new ProducerRecord<>(
                            whole.topic(),
                            whole.partition(),
                            whole.key() + "/" + parts.size(),
                            Arrays.copyOfRange(value, first, end));
            whole.headers().forEach(part.headers()::add);
            part.headers().add(HEADER, bytes(first + "/" + value.length));
            parts.add(part);
        }
        return parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Empty for a record that is whole. */
    static Optional<Place> place(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        Matcher place = PLACE.matcher(new String(header.value(), StandardCharsets.UTF_8));
        return place.matches()
                ? Optional.of(
                        new Place(
                                Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))))
                : Optional.empty();
    }

    /** The key of the whole. */
    static String keyOfWhole(String key) {
        int end = key.lastIndexOf('/');
        return end < 0 ? key : key.substring(0, end);
    }
}
