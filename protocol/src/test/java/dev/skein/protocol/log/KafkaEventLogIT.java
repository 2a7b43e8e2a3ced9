package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.SizeLimits;
import dev.skein.protocol.codec.EventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class KafkaEventLogIT extends EventLogContract {
    private final KafkaFixture kafka = new KafkaFixture(TestServers.kafka());
    private final LogConfig config = kafka.config(Duration.ofSeconds(30), Duration.ofSeconds(5));

    /** Of the log opened last. */
    private SimpleMeterRegistry registry;

    @Override
    EventLog open(Vertx processVertx) {
        registry = new SimpleMeterRegistry();
        return Await.value(KafkaEventLog.open(processVertx, config, registry));
    }

    @Test
    void recordsAndAppendsAreCounted() {
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 7)));
        Await.value(
                log().follow(log().topicPartitions(Topic.PROGRESS), new CollectingSink())
                        .caughtUp());

        assertThat(registry.get("log.feed.records").tag("kind", "progress").counter().count())
                .isEqualTo(7);
        assertThat(registry.get("log.append.records").tag("kind", "progress").counter().count())
                .isEqualTo(7);
        assertThat(registry.get("log.append.duration").tag("outcome", "ok").timer().count())
                .isEqualTo(1);
    }

    @Test
    void recordsBearTheBrokersTime() {
        Instant before = Instant.now().minusSeconds(1);
        Position position =
                Await.value(log().writer().append(Entries.progress(DATABASE, 1, 1))).get(0);

        assertThat(Await.value(log().read(position)).appendedAt())
                .isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void kafkasOwnPartitionerAgreesWithThePartitions() throws Exception {
        try (KafkaProducer<String, byte[]> foreign = kafka.foreignProducer(Map.of())) {
            for (int number = 0; number < 50; number++) {
                String key = "pg-1/tenant_" + number;
                int partition =
                        foreign.send(record(Topic.ORDERS, key, new byte[] {1})).get().partition();
                assertThat(partition).isEqualTo(log().partitionOf(Topic.ORDERS, key).partition());
            }
        }
    }

    @Test
    void undecodableRecordStopsTheFeedAfterThoseBeforeIt() throws Exception {
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 2)));
        foreignRecord("{\"no\":\"envelope\"}");
        CollectingSink sink = new CollectingSink();

        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);

        assertThat(Await.failure(feed.stopped()))
                .isInstanceOf(LogCorrupt.class)
                .hasMessageContaining("record progress-")
                .hasMessageContaining("@2");
        assertThat(Await.failure(feed.caughtUp())).isInstanceOf(LogCorrupt.class);
        assertThat(sequences(sink.records())).containsExactly(1, 2);
    }

    @Test
    void sinkThatTakesAnUndecodableRecordGetsItInItsPlaceAndGoesOn() throws Exception {
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 2)));
        foreignRecord("{\"no\":\"envelope\"}");
        Await.value(log().writer().append(Entries.progress(DATABASE, 3, 4)));
        List<String> taken = new CopyOnWriteArrayList<>();
        RecordSink sink =
                new RecordSink() {
                    @Override
                    public Future<Void> accept(List<LogRecord> batch) {
                        batch.forEach(record -> taken.add("" + record.envelope().sequence()));
                        return Future.succeededFuture();
                    }

                    @Override
                    public Future<Void> unreadable(UnreadableRecord record) {
                        taken.add(record.key().orElseThrow() + "@" + record.position().offset());
                        return Future.succeededFuture();
                    }
                };

        Await.value(log().follow(log().topicPartitions(Topic.PROGRESS), sink).caughtUp());

        assertThat(taken).containsExactly("1", "2", DATABASE + "@2", "3", "4");
    }

    @Test
    void undecodableRecordCanBeLookedAt() throws Exception {
        foreignRecord("{\"no\":\"envelope\"}");
        TopicPartition partition = log().partitionOf(Topic.PROGRESS, DATABASE);

        RawRecord raw = Await.value(((KafkaEventLog) log()).raw(new Position(partition, 0)));

        assertThat(raw.text()).contains("{\"no\":\"envelope\"}");
        assertThat(raw.problem().orElseThrow()).contains("no event envelope");
    }

    @Test
    void recordOfAnUnknownTypeIsPassedOverIfItSaysSo() throws Exception {
        String json =
                text(Entries.progress(DATABASE, 9))
                        .replaceFirst("\"type\":\"[^\"]+\"", "\"type\":\"from-the-future\"")
                        .replace("\"ignorable\":false", "\"ignorable\":true");
        foreignRecord(json);
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 1)));
        CollectingSink sink = new CollectingSink();

        Await.value(log().follow(log().topicPartitions(Topic.PROGRESS), sink).caughtUp());

        assertThat(sequences(sink.records())).containsExactly(1);
        assertThat(registry.get("log.feed.ignored").counter().count()).isEqualTo(1);
    }

    @Test
    void openTransactionIsInvisibleUntilItsWriterIsFenced() throws Exception {
        String id = config.topicPrefix() + "-leader";
        KafkaProducer<String, byte[]> crashed =
                kafka.foreignProducer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
        crashed.initTransactions();
        crashed.beginTransaction();
        crashed.send(record(Topic.ROLLOUTS, "leader", bytes(text(Entries.leader("crashed")))));
        crashed.flush();
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(log().topicPartitions(Topic.ROLLOUTS), sink);
        Await.value(feed.caughtUp());
        assertThat(sink.records()).isEmpty();

        LogWriter writer = Await.value(log().exclusiveWriter("leader"));
        Await.value(writer.append(List.of(Entries.leader("next"))));

        Await.value(feed.follow(log().topicPartitions(Topic.ROLLOUTS)));
        assertThat(sources(sink.records())).containsExactly("orchestrator:next");
        crashed.close(Duration.ZERO);
    }

    @Test
    void entryThatIsTooLargeIsRefusedAndTheNextIsWritten() {
        for (LogWriter writer : writers()) {
            Entry tooLarge = Entries.leader("x".repeat(SizeLimits.RECORD_BYTES_MAX));
            assertThat(Await.failure(writer.append(List.of(tooLarge))))
                    .isInstanceOf(LogRefused.class)
                    .hasMessageContaining("16777215");
            Await.value(writer.append(List.of(Entries.leader("a"))));
        }
    }

    @Test
    void planLargerThanARecordComesBackWholeFromItsFirstPosition() {
        Entry large = Entries.plan(SizeLimits.RECORD_BYTES_MAX + 1);
        LogWriter writer = Await.value(log().exclusiveWriter("leader"));

        List<Position> positions =
                Await.value(writer.append(List.of(Entries.plan(1), large, Entries.plan(2))));

        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(log().topicPartitions(Topic.PLANS), sink);
        Await.value(feed.caughtUp());
        assertThat(sink.records()).extracting(LogRecord::position).isEqualTo(positions);
        LogRecord read = Await.value(log().read(positions.get(1)));
        for (LogRecord each : List.of(read, sink.records().get(1))) {
            assertThat(each.envelope().event().equals(large.envelope().event())).isTrue();
            assertThat(each.key()).isEqualTo(large.envelope().event().key());
        }
        assertThat(positions.get(2).offset() - positions.get(1).offset()).isEqualTo(17);
        Await.value(log().read(positions.get(2)));
    }

    @Test
    void partsWithoutTheirBeginningArePassedOver() throws Exception {
        ProducerRecord<String, byte[]> whole =
                record(Topic.PLANS, "p", new byte[2 * RecordParts.PART_BYTES_MAX]);
        whole.headers().add("ce_id", bytes("an id"));
        ProducerRecord<String, byte[]> end = RecordParts.split(whole).get(1);
        try (KafkaProducer<String, byte[]> foreign = kafka.foreignProducer(Map.of())) {
            foreign.send(end).get();
        }
        LogWriter writer = Await.value(log().exclusiveWriter("leader"));
        List<Position> positions = Await.value(writer.append(List.of(Entries.plan(1))));
        CollectingSink sink = new CollectingSink();

        log().follow(log().topicPartitions(Topic.PLANS), sink);

        // A commit may return a moment before readers can see it.
        sink.awaitRecords(1);
        assertThat(sink.records()).extracting(LogRecord::position).isEqualTo(positions);
    }

    @Test
    void planInPartsIsRefusedToAWriterWithoutTransactions() {
        Entry large = Entries.plan(SizeLimits.RECORD_BYTES_MAX);

        assertThat(Await.failure(log().writer().append(List.of(large))))
                .isInstanceOf(LogRefused.class)
                .hasMessageContaining("needs 17 records");
    }

    @Test
    void feedPausesBehindASlowSinkAndGoesOn() {
        LogWriter writer = log().writer();
        Await.value(writer.append(Entries.progress(DATABASE, 1, 1)));
        CollectingSink sink = new CollectingSink();
        sink.hold();
        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);
        sink.awaitRecords(1);

        Await.value(writer.append(Entries.progress(DATABASE, 2, 5000)));
        Await.until("the feed pauses", () -> paused() == 1);
        assertThat(sink.records()).hasSize(1);
        sink.release();

        sink.awaitRecords(5000);
        Await.value(feed.caughtUp());
        assertThat(sequences(sink.records())).isSorted().doesNotHaveDuplicates();
        Await.until("the feed goes on", () -> paused() == 0);
    }

    private double paused() {
        return registry.get("log.feed.paused").gauge().value();
    }

    private List<LogWriter> writers() {
        return List.of(log().writer(), Await.value(log().exclusiveWriter("leader")));
    }

    private void foreignRecord(String json) throws Exception {
        try (KafkaProducer<String, byte[]> foreign = kafka.foreignProducer(Map.of())) {
            foreign.send(record(Topic.PROGRESS, DATABASE, bytes(json))).get();
        }
    }

    private ProducerRecord<String, byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(kafka.topic(topic), key, value);
    }

    private static String text(Entry entry) {
        return new String(EventCodec.encode(entry.envelope()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
