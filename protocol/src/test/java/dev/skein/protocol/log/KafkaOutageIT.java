package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestKafka;
import dev.skein.embedded.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The broker goes away in the middle and comes back. */
final class KafkaOutageIT {
    private static final String DATABASE = "pg-1/acme";
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration IMPATIENT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static TestKafka broker;

    private final Vertx vertx = Vertx.vertx();
    private final KafkaFixture kafka = new KafkaFixture(broker);

    @BeforeAll
    static void startBroker() {
        broker = TestServers.startKafka();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeVertx() {
        broker.start();
        Await.value(vertx.close());
    }

    @Test
    void writersAndFeedsGoOnByThemselves() {
        EventLog log = kafka.open(vertx, kafka.config(PATIENT, ANSWER));
        LogWriter writer = log.writer();
        LogWriter exclusive = Await.value(log.exclusiveWriter("leader"));
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log.follow(log.topicPartitions(Topic.PROGRESS), sink);
        CollectingSink rollouts = new CollectingSink();
        log.follow(log.topicPartitions(Topic.ROLLOUTS), rollouts);
        Await.value(writer.append(Entries.progress(DATABASE, 1, 10)));
        Await.value(exclusive.append(List.of(Entries.leader("a"))));
        sink.awaitRecords(10);

        broker.stop();
        List<Future<List<Position>>> appends = new ArrayList<>();
        for (Entry entry : Entries.progress(DATABASE, 11, 60)) {
            appends.add(writer.append(List.of(entry)));
            appends.add(exclusive.append(List.of(Entries.leader("a"))));
        }
        broker.start();

        appends.forEach(Await::value);
        sink.awaitRecords(60);
        rollouts.awaitRecords(51);
        assertThat(LogFixture.sequences(sink.records()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 60).boxed().toList());
        assertThat(feed.stopped().isComplete()).isFalse();
        Await.value(log.close());
    }

    @Test
    void failedAppendsLeaveNoGap() {
        EventLog log = kafka.open(vertx, kafka.config(IMPATIENT, ANSWER));
        LogWriter writer = log.writer();
        Await.value(writer.append(Entries.progress(DATABASE, 1, 10)));

        broker.stop();
        List<Future<List<Position>>> appends = new ArrayList<>();
        for (Entry entry : Entries.progress(DATABASE, 11, 400)) {
            appends.add(writer.append(List.of(entry)));
        }
        assertThat(Await.failure(appends.get(0))).isInstanceOf(LogUnavailable.class);
        broker.start();
        long failed = appends.stream().filter(append -> Await.outcome(append).failed()).count();
        int resumed = 401 - (int) failed;
        appendUntilItWorks(writer, Entries.progress(DATABASE, resumed, 400));

        CollectingSink sink = new CollectingSink();
        Await.value(log.follow(log.topicPartitions(Topic.PROGRESS), sink).caughtUp());
        assertGapless(LogFixture.sequences(sink.records()), 400);
        Await.value(log.close());
    }

    @Test
    void exclusiveWriterIsReplacedAfterALongOutage() {
        EventLog log = kafka.open(vertx, kafka.config(IMPATIENT, ANSWER));
        LogWriter writer = Await.value(log.exclusiveWriter("leader"));
        Await.value(writer.append(List.of(Entries.leader("before"))));

        broker.stop();
        Throwable failure = Await.failure(writer.append(List.of(Entries.leader("during"))));
        assertThat(failure).isInstanceOfAny(LogUnavailable.class, LogFenced.class);
        broker.start();

        LogWriter next = openUntilItWorks(log);
        Await.value(next.append(List.of(Entries.leader("after"))));
        CollectingSink sink = new CollectingSink();
        Await.value(log.follow(log.topicPartitions(Topic.ROLLOUTS), sink).caughtUp());
        assertThat(LogFixture.sources(sink.records()))
                .startsWith("orchestrator:before")
                .endsWith("orchestrator:after");
        Await.value(log.close());
    }

    @Test
    void electionGoesOn() {
        EventLog log = kafka.open(vertx, kafka.config(PATIENT, ANSWER));
        RecordingCandidate first = new RecordingCandidate();
        LeaderElection leaderElection = log.standForElection("leader", first);
        Await.until("the candidate leads", first::leads);

        broker.stop();
        broker.start();

        RecordingCandidate second = new RecordingCandidate();
        log.standForElection("leader", second);
        Await.value(leaderElection.close());
        Await.until("the other candidate leads", second::leads);
        Await.value(log.close());
    }

    @Test
    void leadIsInDoubtWhileNothingIsHeardOfTheBroker() {
        EventLog log = kafka.open(vertx, kafka.config(PATIENT, ANSWER));
        RecordingCandidate candidate = new RecordingCandidate();
        log.standForElection("leader", candidate);
        Await.until("the candidate leads", candidate::leads);
        assertThat(candidate.inDoubt()).isFalse();

        broker.stop();
        Await.until("its lead is in doubt", () -> candidate.inDoubt() || !candidate.leads());
        broker.start();

        Await.until("it is sure again", () -> candidate.leads() && !candidate.inDoubt());
        Await.value(log.close());
    }

    /** The session of the first lasts a minute longer than this test may take. */
    @Test
    void sameMemberTakesThePlaceOfItsFormerSelfOverAtOnce() {
        LogLimits minute = new LogLimits(PATIENT, ANSWER, Duration.ofMinutes(2), 2_000, 10_000);
        LogConfig config =
                kafka.config(PATIENT, ANSWER)
                        .withLimits(minute)
                        .withClient(Map.of("group.instance.id", "standalone"));
        RecordingCandidate former = new RecordingCandidate();
        kafka.open(vertx, config).standForElection("leader", former);
        Await.until("the former self leads", former::leads);

        RecordingCandidate next = new RecordingCandidate();
        EventLog log = kafka.open(vertx, config);
        log.standForElection("leader", next);

        Await.until("the next one leads", next::leads);
    }

    private static void appendUntilItWorks(LogWriter writer, List<Entry> entries) {
        Await.until(
                "the append is acknowledged",
                () -> Await.outcome(writer.append(entries)).succeeded());
    }

    private static LogWriter openUntilItWorks(EventLog log) {
        List<LogWriter> opened = new ArrayList<>();
        Await.until(
                "the writer opens",
                () -> {
                    Future<LogWriter> writer = Await.outcome(log.exclusiveWriter("leader"));
                    if (writer.succeeded()) {
                        opened.add(writer.result());
                    }
                    return writer.succeeded();
                });
        return opened.get(0);
    }

    /** Duplicates are dropped by the fold; a number must never come before its predecessor. */
    private static void assertGapless(List<Integer> sequences, int last) {
        int seen = 0;
        for (int sequence : sequences) {
            assertThat(sequence).as("after %d", seen).isLessThanOrEqualTo(seen + 1);
            seen = Math.max(seen, sequence);
        }
        assertThat(seen).isEqualTo(last);
    }
}
