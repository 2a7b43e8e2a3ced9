package dev.skein.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.embedded.ShutdownMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tests rely on, of the provider that this run has. */
@Timeout(600)
class ServerProviderIT {
    private static final String TOPIC = "kept";

    private static String text(TestPostgres server, String database, String query)
            throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void postgresKeepsItsAddressAndItsRowsOverAStopAndOverACrash() throws SQLException {
        try (TestPostgres server = TestServers.startPostgres()) {
            String uri = server.uri("Kept rows");
            server.createDatabase("Kept rows");
            server.execute("Kept rows", "create table a (id int); insert into a values (1)");

            for (ShutdownMode mode : ShutdownMode.values()) {
                server.stop(mode);
                server.stop(mode);
                assertThatThrownBy(() -> server.connect("postgres").close())
                        .isInstanceOf(SQLException.class);
                server.start();
                server.start();
                server.restart(mode);

                assertThat(server.uri("Kept rows")).isEqualTo(uri);
                assertThat(text(server, "Kept rows", "select count(*) from a")).isEqualTo("1");
            }
        }
    }

    @Test
    void postgresHasTheVersionAskedForAndTheSettingsThatTestsNeed() throws SQLException {
        TestPostgres server = TestServers.postgres();
        String version = text(server, "postgres", "show server_version");

        assertThat(Integer.parseInt(version.split("\\.")[0]))
                .isBetween(ContainerServers.POSTGRES_MIN, ContainerServers.POSTGRES_MAX);
        Optional.ofNullable(System.getProperty("skein.postgres"))
                .filter(asked -> !asked.isBlank())
                .ifPresent(asked -> assertThat(version).startsWith(asked + "."));
        assertThat(text(server, "postgres", "show max_connections")).isEqualTo("500");
        assertThat(text(server, "postgres", "show fsync")).isEqualTo("off");
        assertThat(
                        text(
                                server,
                                TestServers.freshDatabase("locale"),
                                "select pg_encoding_to_char(encoding) || ' ' || datcollate from"
                                        + " pg_database where datname = current_database()"))
                .isEqualTo("UTF8 C");
    }

    @Test
    void aRoleIsAskedForItsPasswordOnceTheServerIsToldTo() throws SQLException {
        TestPostgres server = TestServers.postgres();
        String url = server.jdbcUrl("postgres");
        server.execute(
                "postgres",
                "set password_encryption = 'scram-sha-256';"
                        + " create role asked login password 'right';"
                        + " create role trusted login");
        DriverManager.getConnection(url, "asked", "wrong").close();

        server.askForPassword("asked");

        assertThat(text(server, "postgres", "select count(error) from pg_hba_file_rules"))
                .isEqualTo("0");
        assertThat(text(server, "postgres", "select user_name[1] from pg_hba_file_rules limit 1"))
                .isEqualTo("asked");
        assertThatThrownBy(() -> connectUntilRefused(url))
                .hasMessageContaining("password authentication failed");
        DriverManager.getConnection(url, "asked", "right").close();
        DriverManager.getConnection(url, "trusted", "").close();
    }

    /** The server reads its rules a moment after it is told to. */
    private static void connectUntilRefused(String url) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() - deadline < 0) {
            DriverManager.getConnection(url, "asked", "wrong").close();
        }
    }

    @Test
    void kafkaKeepsItsAddressAndItsRecordsOverAStop() throws Exception {
        try (TestKafka broker = TestServers.startKafka()) {
            String address = broker.bootstrapServers();
            try (Admin admin = Admin.create(address(broker))) {
                NewTopic topic = new NewTopic(TOPIC, 1, (short) 1);
                admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            }
            send(broker, "before");

            broker.stop();
            broker.stop();
            broker.start();
            broker.start();
            send(broker, "after");

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(records(broker, 2)).containsExactly("before", "after");
        }
    }

    private static Map<String, Object> address(TestKafka broker) {
        return Collections.singletonMap("bootstrap.servers", broker.bootstrapServers());
    }

    private static void send(TestKafka broker, String value) throws Exception {
        StringSerializer text = new StringSerializer();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(address(broker), text, text)) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> records(TestKafka broker, int count) {
        StringDeserializer text = new StringDeserializer();
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(address(broker), text, text)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (found.size() < count) {
                consumer.poll(Duration.ofSeconds(30)).forEach(each -> found.add(each.value()));
            }
        }
        return found;
    }

    @Test
    void kafkaCreatesNoTopicByItselfAndForgetsNothing()
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(address(TestServers.kafka()))) {
            String node = admin.describeCluster().controller().get().idString();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node);
            Config config = admin.describeConfigs(List.of(broker)).all().get().get(broker);

            assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
            assertThat(config.get("message.max.bytes").value()).isEqualTo("16777216");
            assertThat(config.get("log.retention.ms").value()).isEqualTo("-1");
            assertThat(config.get("log.retention.bytes").value()).isEqualTo("-1");
        }
    }
}
