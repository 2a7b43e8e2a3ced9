package dev.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes requests only from who can read the secret in its directory. */
class GuardedKafkaIT {
    private static final short ONE_COPY = 1;

    @TempDir private Path directory;

    @Test
    void onlyWhoKnowsTheSecretIsTaken() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(guarded())) {
            Map<String, String> wrong = new HashMap<>(kafka.clientProperties());
            wrong.computeIfPresent(
                    "sasl.jaas.config",
                    (key, login) -> login.replaceAll("password=\"..", "password=\"xx"));

            assertThat(topics(kafka, kafka.clientProperties())).isEmpty();
            assertThatThrownBy(() -> topics(kafka, Collections.emptyMap()))
                    .isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> topics(kafka, wrong))
                    .hasRootCauseMessage("Authentication failed: Invalid username or password");
        }
    }

    @Test
    void secretAndDataAreKeptFromOtherUsersOfTheMachine() throws Exception {
        EmbeddedKafka.start(guarded()).close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("client.secret"))).isEqualTo("rw-------");
    }

    @Test
    void dataOfBeforeThereWasASecretOpensAndTheSecretStaysFromThenOn() throws Exception {
        try (EmbeddedKafka open = EmbeddedKafka.start(KafkaSettings.keptIn(directory))) {
            create(open, "before");
        }
        Map<String, String> first;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(guarded())) {
            first = kafka.clientProperties();
            assertThat(topics(kafka, first)).containsExactly("before");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(guarded())) {
            assertThat(kafka.clientProperties()).isEqualTo(first);
            assertThat(topics(kafka, first)).containsExactly("before");
        }
    }

    private KafkaSettings guarded() {
        return KafkaSettings.keptIn(directory).withGuard();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void create(EmbeddedKafka kafka, String topic) throws Exception {
        try (Admin admin = admin(kafka, kafka.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, ONE_COPY))).all().get();
        }
    }

    private static Iterable<String> topics(EmbeddedKafka kafka, Map<String, String> client)
            throws Exception {
        try (Admin admin = admin(kafka, client)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(EmbeddedKafka kafka, Map<String, String> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("request.timeout.ms", "2000");
        settings.put("default.api.timeout.ms", "3000");
        return Admin.create(settings);
    }
}
