package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FeedBufferTest {
    private static final TopicPartition ONE = new TopicPartition(Topic.ORDERS, 1);
    private static final TopicPartition TWO = new TopicPartition(Topic.ORDERS, 2);
    private static final int MEBIBYTE = 1024 * 1024;

    private final FeedBuffer buffer = new FeedBuffer(10);

    @Test
    void takesInTheOrderOfAddingAndStopsAtAMark() {
        buffer.want(Set.of(ONE));
        add(ONE, 0, 3);
        List<String> told = new ArrayList<>();
        buffer.mark(() -> told.add("mark"));
        add(ONE, 3, 5);

        assertThat(offsets(buffer.take(2))).containsExactly(0L, 1L);
        assertThat(buffer.dueMarks()).isEmpty();
        assertThat(offsets(buffer.take(100))).containsExactly(2L);
        buffer.dueMarks().forEach(Runnable::run);
        assertThat(told).containsExactly("mark");
        assertThat(offsets(buffer.take(100))).containsExactly(3L, 4L);
        assertThat(buffer.take(100)).isEmpty();
    }

    @Test
    void partitionLeftOutLosesWhatWasNotTaken() {
        buffer.want(Set.of(ONE, TWO));
        add(ONE, 0, 2);
        add(TWO, 0, 2);

        buffer.want(Set.of(TWO));

        assertThat(buffer.take(100))
                .allMatch(record -> record.position().topicPartition().equals(TWO));
    }

    @Test
    void recordsReadForAnEarlierLifeOfThePartitionAreDropped() {
        buffer.want(Set.of(ONE));
        long first = buffer.wanted().get(ONE);
        buffer.want(Set.of());
        buffer.want(Set.of(ONE));
        long second = buffer.wanted().get(ONE);

        buffer.add(ONE, first, reads(ONE, 5, 7, 10));
        buffer.add(ONE, second, reads(ONE, 0, 1, 10));

        assertThat(second).isNotEqualTo(first);
        assertThat(offsets(buffer.take(100))).containsExactly(0L);
    }

    @Test
    void partitionThatStaysKeepsItsLife() {
        buffer.want(Set.of(ONE));
        long life = buffer.wanted().get(ONE);

        buffer.want(Set.of(ONE, TWO));

        assertThat(buffer.wanted().get(ONE)).isEqualTo(life);
    }

    @Test
    void fullByRecordsUntilHalfAreTaken() {
        buffer.want(Set.of(ONE));
        add(ONE, 0, 9);
        assertThat(buffer.full()).isFalse();
        add(ONE, 9, 10);
        assertThat(buffer.full()).isTrue();

        buffer.take(4);
        assertThat(buffer.roomy()).isFalse();
        buffer.take(1);
        assertThat(buffer.roomy()).isTrue();
    }

    @Test
    void fullByBytes() {
        buffer.want(Set.of(ONE));
        long life = buffer.wanted().get(ONE);
        buffer.add(ONE, life, reads(ONE, 0, 2, 16 * MEBIBYTE));

        assertThat(buffer.full()).isTrue();
        buffer.take(1);
        assertThat(buffer.roomy()).isTrue();
    }

    private void add(TopicPartition topicPartition, int from, int to) {
        buffer.add(
                topicPartition,
                buffer.wanted().get(topicPartition),
                reads(topicPartition, from, to, 10));
    }

    private static List<FeedBuffer.Read> reads(
            TopicPartition topicPartition, int from, int to, int bytes) {
        return IntStream.range(from, to)
                .mapToObj(offset -> new FeedBuffer.Read(record(topicPartition, offset), bytes))
                .toList();
    }

    private static LogRecord record(TopicPartition topicPartition, long offset) {
        return new LogRecord(
                new Position(topicPartition, offset),
                "pg-1/acme",
                Instant.EPOCH,
                Entries.progress("pg-1/acme", (int) offset).envelope());
    }

    private static List<Long> offsets(List<LogRecord> records) {
        return records.stream().map(record -> record.position().offset()).toList();
    }
}
