package dev.skein.ops.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.protocol.codec.Decoded;
import dev.skein.protocol.codec.EventCodec;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the same records are read, they give the same bytes: over histories drawn from seeds. */
class FoldLawsTest {
    private static final Map<Long, List<LogRecord>> HISTORIES = new HashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    /** Several rollouts over the same databases, through trouble, forward and back. */
    private static List<LogRecord> history(long seed) {
        return HISTORIES.computeIfAbsent(seed, Simulation::history);
    }

    private static byte[] fold(List<LogRecord> records) {
        Fleet fleet = new Fleet();
        records.forEach(each -> fleet.apply(each.envelope(), each.position(), each.appendedAt()));
        return bytes(fleet);
    }

    private static byte[] bytes(Fleet fleet) {
        return Json.canonical(fleet.view().canonical());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoFoldsOfOneLogGiveEqualBytesP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        // when
        byte[] again = fold(history);
        // then
        assertThat(again).isEqualTo(fold(history));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void partitionsMayInterleaveAnyWayP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        // when
        List<LogRecord> shuffled = interleaved(history, seed);
        // then
        assertThat(fold(shuffled)).isEqualTo(fold(history));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recordsReadTwiceChangeNothingP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<LogRecord> twice = new ArrayList<>();
        for (LogRecord record : history) {
            twice.add(record);
            if (random.nextInt(3) == 0) {
                twice.add(twice.get(random.nextInt(twice.size())));
            }
        }
        // when
        byte[] again = fold(twice);
        // then
        assertThat(again).isEqualTo(fold(history));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eventsWrittenTwiceChangeNothingP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        // when
        List<LogRecord> twice = writtenTwice(history, seed);
        // then
        assertThat(fold(twice)).isEqualTo(fold(history));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void viewsTakenBetweenRecordsChangeNothingP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        SplittableRandom random = new SplittableRandom(seed);
        Fleet fleet = new Fleet();
        // when
        for (LogRecord each : history) {
            fleet.apply(each.envelope(), each.position(), each.appendedAt());
            if (random.nextInt(20) == 0) {
                fleet.view();
                fleet.inventory();
            }
        }
        // then
        assertThat(bytes(fleet)).isEqualTo(fold(history));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void encodedAndDecodedEventsGiveTheSameStateP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        // when
        List<LogRecord> decoded = history.stream().map(FoldLawsTest::throughTheCodec).toList();
        // then
        assertThat(fold(decoded)).isEqualTo(fold(history));
    }

    /** Some of what agents wrote is unreadable: the same ones for every reader. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsSetAsideGivesTheSameStateHoweverPartitionsInterleaveP2(long seed) {
        // given
        List<LogRecord> history = history(seed);
        // when
        byte[] state = foldWithUnreadable(history, seed);
        // then
        assertThat(foldWithUnreadable(interleaved(history, seed), seed)).isEqualTo(state);
        assertThat(history.stream().filter(each -> isUnreadable(each.position(), seed)))
                .isNotEmpty();
    }

    /** About every ninth of what agents wrote, the same ones in each run. */
    private static boolean isUnreadable(Position at, long seed) {
        TopicPartition partition = at.topicPartition();
        long drawn = partition.topic().ordinal() * 31L + partition.partition() * 7L + at.offset();
        return partition.topic().isWrittenByAgents() && (drawn + seed) % 9 == 0;
    }

    private static byte[] foldWithUnreadable(List<LogRecord> records, long seed) {
        Fleet fleet = new Fleet();
        for (LogRecord each : records) {
            Position at = each.position();
            if (isUnreadable(at, seed)) {
                fleet.setAside(at, Optional.of(each.key()), "unreadable", each.appendedAt());
            } else {
                fleet.apply(each.envelope(), at, each.appendedAt());
            }
        }
        return bytes(fleet);
    }

    private static LogRecord throughTheCodec(LogRecord record) {
        Decoded decoded = EventCodec.decode(EventCodec.encode(record.envelope()));
        Decoded.Known known = (Decoded.Known) decoded;
        return new LogRecord(
                record.position(), record.key(), record.appendedAt(), known.envelope());
    }

    /** The same records with the partitions merged another way. */
    private static List<LogRecord> interleaved(List<LogRecord> records, long seed) {
        Map<TopicPartition, Queue<LogRecord>> topicPartitions = new TreeMap<>();
        records.forEach(
                each ->
                        topicPartitions
                                .computeIfAbsent(
                                        each.position().topicPartition(), s -> new ArrayDeque<>())
                                .add(each));
        SplittableRandom random = new SplittableRandom(seed);
        List<Queue<LogRecord>> queues = new ArrayList<>(topicPartitions.values());
        List<LogRecord> merged = new ArrayList<>();
        while (!queues.isEmpty()) {
            int index = random.nextInt(queues.size());
            merged.add(queues.get(index).remove());
            if (queues.get(index).isEmpty()) {
                queues.remove(index);
            }
        }
        return merged;
    }

    /**
     * The same events at new positions, some of them once more: counted ones at any later place,
     * others as a writer repeats them that was not sure, right behind the first.
     */
    private static List<LogRecord> writtenTwice(List<LogRecord> records, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<TopicPartition, Long> ends = new HashMap<>();
        List<LogRecord> counted = new ArrayList<>();
        List<LogRecord> result = new ArrayList<>();
        for (LogRecord record : records) {
            result.add(moved(record, ends));
            // Plans are told apart by their offsets, which a second record would change.
            boolean repeatable = record.position().topicPartition().topic() != Topic.PLANS;
            if (record.envelope().sequence() > 0) {
                counted.add(record);
            } else if (repeatable && random.nextInt(3) == 0) {
                result.add(moved(record, ends));
            }
            if (!counted.isEmpty() && random.nextInt(3) == 0) {
                result.add(moved(counted.get(random.nextInt(counted.size())), ends));
            }
        }
        return result;
    }

    private static LogRecord moved(LogRecord record, Map<TopicPartition, Long> ends) {
        TopicPartition topicPartition = record.position().topicPartition();
        long offset = ends.merge(topicPartition, 1L, Long::sum) - 1;
        return new LogRecord(
                new Position(topicPartition, offset),
                record.key(),
                record.appendedAt(),
                record.envelope());
    }
}
