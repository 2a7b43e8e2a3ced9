package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.protocol.settings.Problem;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSectionTest {
    private static LogConfig read(String yaml) {
        return Settings.read(
                "some.yaml",
                SettingsFile.parse("some.yaml", yaml),
                Map.of(),
                settings -> LogSection.read(settings.section("kafka")));
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(SettingsInvalid.class, () -> read(yaml)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everyKeyMaps() {
        assertThat(
                        read(
                                """
                                kafka:
                                  bootstrap-servers: kafka-1:9092,[::1]:9093
                                  topic-prefix: staging
                                  partitions: 64
                                  replication-factor: 3
                                  properties: { security.protocol: SSL }
                                """))
                .isEqualTo(
                        LogConfig.of("kafka-1:9092,[::1]:9093")
                                .withTopicPrefix("staging")
                                .withTopics(new TopicSettings(64, Optional.of(3)))
                                .withClient(Map.of("security.protocol", "SSL")));
    }

    @Test
    void everythingElseHasADefault() {
        assertThat(read("kafka: { bootstrap-servers: 'k:9092' }"))
                .isEqualTo(LogConfig.of("k:9092"));
    }

    @Test
    void everyProblemIsToldAtItsKey() {
        assertThat(
                        problems(
                                """
                                kafka:
                                  bootstrap-servers: k
                                  topic-prefix: a/b
                                  partitions: 0
                                  replication-factor: 0
                                  properties: { acks: 0, group.id: mine, ssl.protocol: TLSv1.3 }
                                  colour: red
                                """))
                .containsExactly(
                        "kafka.bootstrap-servers: 'k' is not of the form host:port; several are"
                                + " separated by commas",
                        "kafka.topic-prefix: topic prefix 'a/b' is not 1 to 100 letters, digits,"
                                + " '.', '_' or '-'",
                        "kafka.partitions: 0 is not a whole number from 1 to 10000",
                        "kafka.replication-factor: 0 is not a whole number from 1 to 32767",
                        "kafka.properties.acks: cannot be configured: Skein sets it itself",
                        "kafka.properties.group.id: cannot be configured: Skein sets it itself",
                        "kafka.colour: is not a known key; known here are bootstrap-servers,"
                                + " partitions, properties, replication-factor, topic-prefix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "k:", ":9092", "k:9092,", "k:65536", "http://k:9092", "a b:1"})
    void serverIsAHostAndAPort(String servers) {
        assertThat(problems("kafka: { bootstrap-servers: '" + servers + "' }"))
                .singleElement()
                .asString()
                .startsWith("kafka.bootstrap-servers: ");
    }

    @Test
    void sectionThatIsMissingLacksItsServers() {
        assertThat(problems("{}")).containsExactly("kafka.bootstrap-servers: is missing");
    }
}
