package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.RecordSkipped;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every event log does: the double of tests as well as the one on Kafka. */
abstract class EventLogContract extends FeedContract {
    private static final int LARGE = 5 * 1024 * 1024;

    @Test
    void recordsOfOneKeyAreReadInTheOrderOfTheirAppends() {
        LogWriter writer = log().writer();
        CollectingSink sink = new CollectingSink();
        log().follow(log().topicPartitions(Topic.PROGRESS), sink);

        List<Future<List<Position>>> appends = new ArrayList<>();
        for (Entry entry : Entries.progress(DATABASE, 1, 300)) {
            appends.add(writer.append(List.of(entry)));
        }

        sink.awaitRecords(300);
        assertThat(sequences(sink.records()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 300).boxed().toList());
        assertThat(appends).allSatisfy(append -> assertThat(Await.value(append)).hasSize(1));
    }

    @Test
    void appendAnswersWithThePositionThatTheRecordIsReadFrom() {
        List<Entry> entries = Entries.progress(DATABASE, 1, 5);

        List<Position> positions = Await.value(log().writer().append(entries));

        CollectingSink sink = new CollectingSink();
        Await.value(log().follow(log().topicPartitions(Topic.PROGRESS), sink).caughtUp());
        assertThat(positions(sink.records())).isEqualTo(positions);
        assertThat(sink.records()).allMatch(record -> record.key().equals(DATABASE));
        assertThat(envelopes(sink.records()))
                .isEqualTo(entries.stream().map(Entry::envelope).toList());
    }

    @Test
    void decisionToPassOverARecordIsFoundByItsPosition() {
        Position one = new Position(new TopicPartition(Topic.ROLLOUTS, 0), 17);
        Position other = new Position(new TopicPartition(Topic.ROLLOUTS, 0), 1);
        RecordSkipped skipped =
                new RecordSkipped("rollouts", 0, 17, "ann", "truncated", Instant.EPOCH);
        Entry entry = new Entry(Topic.SKIPS, Envelope.uncounted("person:ann", skipped));

        Await.value(log().writer().append(List.of(entry)));

        assertThat(Await.value(log().skipOf(one))).contains(skipped);
        assertThat(Await.value(log().skipOf(other))).isEmpty();
    }

    @Test
    void anEmptyAppendAnswersWithNoPosition() {
        assertThat(Await.value(log().writer().append(List.of()))).isEmpty();
        LogWriter exclusive = Await.value(log().exclusiveWriter("leader"));
        assertThat(Await.value(exclusive.append(List.of()))).isEmpty();
    }

    @Test
    void ordersAndProgressOfADatabaseShareAPartitionNumber() {
        assertThat(log().partitions(Topic.ORDERS)).isEqualTo(log().partitions(Topic.PROGRESS));
        for (int number = 0; number < 200; number++) {
            String key = "pg-1/tenant_" + number;
            assertThat(log().partitionOf(Topic.ORDERS, key).partition())
                    .isEqualTo(log().partitionOf(Topic.PROGRESS, key).partition());
        }
    }

    @Test
    void recordIsInThePartitionOfItsKey() {
        List<Entry> entries =
                IntStream.range(0, 20)
                        .mapToObj(number -> Entries.progress("pg-1/t" + number, 1))
                        .toList();

        List<Position> positions = Await.value(log().writer().append(entries));

        assertThat(positions.stream().map(Position::topicPartition))
                .isEqualTo(
                        entries.stream()
                                .map(entry -> entry.envelope().event().key())
                                .map(key -> log().partitionOf(Topic.PROGRESS, key))
                                .toList());
        assertThat(positions.stream().map(Position::topicPartition).distinct().count())
                .isGreaterThan(1);
    }

    @Test
    void everythingArrivesOnTheContextThatAsked() {
        Context context = vertx().getOrCreateContext();
        CollectingSink sink = new CollectingSink();
        Promise<Context> told = Promise.promise();

        on(
                context,
                () -> {
                    log().follow(log().topicPartitions(Topic.PROGRESS), sink);
                    log().writer()
                            .append(Entries.progress(DATABASE, 1, 3))
                            .onComplete(done -> told.complete(Vertx.currentContext()));
                    return null;
                });

        assertThat(Await.value(told.future())).isSameAs(context);
        sink.awaitRecords(3);
        assertThat(sink.contexts()).containsExactly(context);
    }

    @Test
    void newerExclusiveWriterFencesTheOlder() {
        EventLog other = open(vertx());
        LogWriter older = Await.value(log().exclusiveWriter("leader"));
        Await.value(older.append(List.of(Entries.leader("older"))));

        LogWriter newer = Await.value(other.exclusiveWriter("leader"));
        Await.value(newer.append(List.of(Entries.leader("newer"))));

        List<Entry> late = List.of(Entries.leader("too-late"));
        assertThat(Await.failure(older.append(late))).isInstanceOf(LogFenced.class);
        assertThat(Await.failure(older.append(late))).isInstanceOf(LogFenced.class);
        Await.value(newer.append(List.of(Entries.leader("still-newer"))));
        Await.value(log().exclusiveWriter("leader"));
        CollectingSink sink = new CollectingSink();
        Await.value(log().follow(log().topicPartitions(Topic.ROLLOUTS), sink).caughtUp());
        assertThat(sources(sink.records()))
                .containsExactly(
                        "orchestrator:older", "orchestrator:newer", "orchestrator:still-newer");
        Await.value(other.close());
    }

    @Test
    void exclusiveWritersOfDifferentNamesDoNotDisturbEachOther() {
        LogWriter one = Await.value(log().exclusiveWriter("one"));
        LogWriter two = Await.value(log().exclusiveWriter("two"));

        Await.value(one.append(List.of(Entries.leader("one"))));
        Await.value(two.append(List.of(Entries.leader("two"))));
    }

    @Test
    void exclusiveWriterKeepsTheOrderOfManyAppends() {
        LogWriter writer = Await.value(log().exclusiveWriter("leader"));
        List<Future<List<Position>>> appends = new ArrayList<>();
        for (Entry entry : Entries.progress(DATABASE, 1, 200)) {
            appends.add(writer.append(List.of(entry, Entries.leader("a"))));
        }
        appends.forEach(Await::value);
        Await.value(log().exclusiveWriter("leader"));

        CollectingSink sink = new CollectingSink();
        Await.value(log().follow(both(Topic.ROLLOUTS, Topic.PROGRESS), sink).caughtUp());

        assertThat(sequences(sink.records(Topic.PROGRESS)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
        assertThat(positions(sink.records(Topic.PROGRESS)))
                .isEqualTo(appends.stream().map(append -> Await.value(append).get(0)).toList());
        assertThat(sink.records(Topic.ROLLOUTS)).hasSize(200);
    }

    @Test
    void oneRecordIsReadByItsPosition() {
        List<Entry> entries = Entries.progress(DATABASE, 1, 3);
        List<Position> positions = Await.value(log().writer().append(entries));

        LogRecord record = Await.value(log().read(positions.get(1)));

        assertThat(record.position()).isEqualTo(positions.get(1));
        assertThat(record.key()).isEqualTo(DATABASE);
        assertThat(record.envelope()).isEqualTo(entries.get(1).envelope());
    }

    @Test
    void readingWhereNoRecordIsFails() {
        TopicPartition topicPartition = log().partitionOf(Topic.PROGRESS, DATABASE);
        LogWriter writer = Await.value(log().exclusiveWriter("leader"));
        Await.value(writer.append(Entries.progress(DATABASE, 1, 1)));
        Await.value(writer.append(Entries.progress(DATABASE, 2, 2)));

        List<Long> nowhere = List.of(1L, 3L, 4L, 100L);
        for (long offset : nowhere) {
            assertThat(Await.failure(log().read(new Position(topicPartition, offset))))
                    .isInstanceOfSatisfying(
                            LogUnavailable.class,
                            failure -> assertThat(failure.isMissing()).isTrue());
        }
    }

    @Test
    void planOfFiveMebibytesIsWrittenAndRead() {
        Entry plan = Entries.plan(LARGE);
        LogWriter writer = Await.value(log().exclusiveWriter("leader"));

        Position position = Await.value(writer.append(List.of(plan))).get(0);

        assertThat(Await.value(log().read(position)).envelope()).isEqualTo(plan.envelope());
        Await.value(log().exclusiveWriter("leader"));
        CollectingSink sink = new CollectingSink();
        Await.value(log().follow(log().topicPartitions(Topic.PLANS), sink).caughtUp());
        assertThat(envelopes(sink.records())).containsExactly(plan.envelope());
    }

    @Test
    void oneCandidateLeadsUntilItWithdraws() {
        EventLog other = open(vertx());
        RecordingCandidate first = new RecordingCandidate();
        RecordingCandidate second = new RecordingCandidate();
        LeaderElection leaderElection = log().standForElection("leader", first);
        Await.until("the first candidate leads", first::leads);
        other.standForElection("leader", second);
        assertThat(second.leads()).isFalse();

        Await.value(leaderElection.close());

        Await.until("the second candidate leads", second::leads);
        assertThat(first.news()).doesNotHaveDuplicates();
        Await.value(other.close());
    }

    @Test
    void closedWriterRefusesToAppend() {
        LogWriter writer = log().writer();
        Await.value(writer.append(List.of(Entries.leader("a"))));

        Await.value(writer.close());

        Await.value(writer.close());
        assertThat(Await.failure(writer.append(List.of(Entries.leader("b")))))
                .isInstanceOf(LogUnavailable.class);
    }

    private static <T> T on(Context context, Callable<T> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                ignored -> {
                    try {
                        done.complete(action.call());
                    } catch (Exception e) {
                        done.fail(e);
                    }
                });
        return Await.value(done.future());
    }
}
