package dev.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final TopicPartition PARTITION = new TopicPartition("numbers", 0);

    @TempDir private Path directory;

    @Test
    void readersOfCommittedRecordsSeeNothingOfAnAbortedTransaction() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaSettings.temporary())) {
            // given
            createTopic(kafka);

            // when
            writeInTransaction(kafka, "aborted", false);
            writeInTransaction(kafka, "one", true);
            writeInTransaction(kafka, "two", true);

            // then
            assertThat(read(kafka)).containsExactly("one", "two");
        }
    }

    @Test
    void stopAndStartKeepPortAndData() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaSettings.temporary())) {
            // given
            createTopic(kafka);
            writeInTransaction(kafka, "one", true);
            String before = kafka.bootstrapServers();

            // when
            kafka.stop();
            kafka.start();

            // then
            assertThat(kafka.bootstrapServers()).isEqualTo(before);
            writeInTransaction(kafka, "two", true);
            assertThat(read(kafka)).containsExactly("one", "two");
        }
    }

    @Test
    void aKeptDirectoryKeepsClusterAndDataOverAChangeOfPort() throws Exception {
        // given
        String clusterId;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaSettings.keptIn(directory))) {
            createTopic(kafka);
            writeInTransaction(kafka, "one", true);
            clusterId = clusterId(kafka);
        }

        // when
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaSettings.keptIn(directory))) {

            // then
            assertThat(clusterId(kafka)).isEqualTo(clusterId);
            assertThat(read(kafka)).containsExactly("one");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedAndItsOwnerCarriesOn() throws Exception {
        KafkaSettings settings = KafkaSettings.keptIn(directory);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
            // when
            assertThatThrownBy(() -> EmbeddedKafka.start(settings))

                    // then
                    .isInstanceOf(EmbeddedFailure.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining(directory.toRealPath().toString());
            createTopic(kafka);
            writeInTransaction(kafka, "one", true);
            assertThat(read(kafka)).containsExactly("one");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // given
            int port = taken.getLocalPort();

            // when
            assertThatThrownBy(() -> EmbeddedKafka.start(KafkaSettings.temporary().withPort(port)))

                    // then
                    .isInstanceOf(EmbeddedFailure.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aStartThatFailsHalfwayLeavesNothingRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // given
            Map<String, String> onTakenPort = onPorts(taken.getLocalPort(), Ports.free("Kafka"));
            KafkaSettings settings = KafkaSettings.keptIn(directory);

            // when
            assertThatThrownBy(() -> EmbeddedKafka.start(settings.withBrokerSettings(onTakenPort)))

                    // then
                    .isInstanceOf(EmbeddedFailure.class)
                    .hasMessageContaining("Address already in use");
            try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
                createTopic(kafka);
                writeInTransaction(kafka, "one", true);
                assertThat(read(kafka)).containsExactly("one");
            }
        }
    }

    @Test
    void kafkaMayNotEndTheProcessWhenItsControllerFailsToStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // given
            Map<String, String> onTakenPort = onPorts(Ports.free("Kafka"), taken.getLocalPort());

            // when
            assertThatThrownBy(
                            () ->
                                    EmbeddedKafka.start(
                                            KafkaSettings.temporary()
                                                    .withBrokerSettings(onTakenPort)))

                    // then
                    .isInstanceOf(EmbeddedFailure.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        // given
        Path file = Files.writeString(directory.resolve("file"), "");

        // when
        assertThatThrownBy(() -> EmbeddedKafka.start(KafkaSettings.keptIn(file)))

                // then
                .isInstanceOf(EmbeddedFailure.class)
                .hasMessageContaining(file + " is not a directory");
    }

    @Test
    void aTemporaryDirectoryIsGoneAfterClose() {
        // given
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaSettings.temporary());
        Path temporary = kafka.directory();

        // when
        kafka.close();

        // then
        assertThat(temporary).doesNotExist();
    }

    /** Settings that go past the check for free ports. */
    private static Map<String, String> onPorts(int client, int controller) {
        String clientAddress = "CLIENT://127.0.0.1:" + client;
        String controllerAddress = "127.0.0.1:" + controller;
        return Map.of(
                "listeners", clientAddress + ",CONTROLLER://" + controllerAddress,
                "advertised.listeners", clientAddress,
                "controller.quorum.voters", BrokerProperties.NODE_ID + "@" + controllerAddress);
    }

    private static void createTopic(EmbeddedKafka kafka)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(clientOf(kafka))) {
            NewTopic topic = new NewTopic(PARTITION.topic(), 1, (short) 1);
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static String clusterId(EmbeddedKafka kafka)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(clientOf(kafka))) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void writeInTransaction(EmbeddedKafka kafka, String value, boolean commit) {
        Map<String, Object> settings = clientOf(kafka);
        settings.put("transactional.id", "writer");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(PARTITION.topic(), 0, "key", value));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> read(EmbeddedKafka kafka) {
        Map<String, Object> settings = clientOf(kafka);
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = written(kafka);
            List<String> values = new ArrayList<>();
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    /** The end of what was written: a commit may return before readers can see it. */
    private static long written(EmbeddedKafka kafka) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        clientOf(kafka), new StringDeserializer(), new StringDeserializer())) {
            return consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        }
    }

    private static Map<String, Object> clientOf(EmbeddedKafka kafka) {
        return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}
