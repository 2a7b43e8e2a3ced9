package dev.skein.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** What the engine is asked for, which needs no engine to be known. */
class ContainerServersTest {
    private final ContainerServers servers = new ContainerServers(16);

    @Test
    void postgresIsSetUpLikeTheEmbeddedServer() {
        PostgreSQLContainer container = ContainerPostgres.describe(servers.postgresImage(), 15432);

        assertThat(servers.postgresImage()).isEqualTo("postgres:16");
        assertThat(container.getPortBindings()).containsExactly("15432:5432/tcp");
        assertThat(container.getUsername()).isEqualTo("postgres");
        assertThat(container.getDatabaseName()).isEqualTo("postgres");
        assertThat(container.getEnvMap())
                .containsEntry("POSTGRES_HOST_AUTH_METHOD", "trust")
                .containsEntry("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --no-locale");
        assertThat(container.getCommandParts())
                .startsWith("postgres")
                .contains("max_connections=500", "fsync=off", "full_page_writes=off");
    }

    @Test
    void kafkaHasTheClientsVersionAndTheEmbeddedBrokersSettings() {
        KafkaContainer container = ContainerKafka.describe(servers.kafkaImage(), 19092);

        assertThat(servers.kafkaImage()).matches("apache/kafka:\\d+\\.\\d+\\.\\d+");
        assertThat(container.getPortBindings()).containsExactly("19092:9092/tcp");
        assertThat(container.getEnvMap())
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .containsEntry("KAFKA_MESSAGE_MAX_BYTES", "16777216")
                .containsEntry("KAFKA_LOG_RETENTION_MS", "-1")
                .containsEntry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1");
    }
}
