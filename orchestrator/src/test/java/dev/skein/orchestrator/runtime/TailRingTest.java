package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TailRingTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final TailRing tail = new TailRing(5);

    @Test
    void newRecordsAreReadInTheOrderOfTheFold() {
        tail.append(records(10, 12));

        assertThat(tail.end()).isEqualTo(3);
        assertThat(offsets(tail.read(0, 100))).containsExactly(10L, 11L, 12L);
        assertThat(tail.read(3, 100)).isEqualTo(new TailPage(List.of(), 3, 0));
    }

    @Test
    void readingIsBoundedAndGoesOnWhereItStopped() {
        tail.append(records(0, 3));

        TailPage first = tail.read(0, 3);
        TailPage rest = tail.read(first.next(), 3);

        assertThat(offsets(first)).containsExactly(0L, 1L, 2L);
        assertThat(offsets(rest)).containsExactly(3L);
    }

    @Test
    void slowReaderIsToldHowManyItMissed() {
        tail.append(records(0, 7));

        TailPage page = tail.read(1, 100);

        assertThat(page.missed()).isEqualTo(2);
        assertThat(offsets(page)).containsExactly(3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void readerGoesOnBehindAPositionThatIsStillHeld() {
        tail.append(records(0, 7));

        assertThat(tail.after(at(5))).hasValue(6);
        assertThat(tail.after(at(7))).hasValue(8);
        assertThat(tail.after(at(2))).isEmpty();
        assertThat(tail.after(at(99))).isEmpty();
    }

    @Test
    void subscriptionNeedsAContext() {
        assertThatThrownBy(() -> tail.onAppended(() -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    private static List<Long> offsets(TailPage page) {
        return page.records().stream().map(each -> each.position().offset()).toList();
    }

    private static List<LogRecord> records(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(TailRingTest::record).toList();
    }

    private static LogRecord record(long offset) {
        LeadershipTaken event = new LeadershipTaken("o", "http://o", AT);
        return new LogRecord(
                at(offset), event.key(), AT, Envelope.uncounted("orchestrator:o", event));
    }

    private static Position at(long offset) {
        return new Position(new TopicPartition(Topic.ROLLOUTS, 0), offset);
    }
}
