package dev.skein.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.TopicSettings;
import dev.skein.protocol.settings.Secret;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestratorConfigTest {
    private static final String SHORTEST =
            "{orchestrator: main, kafka: {bootstrap-servers: 'kafka-1:9092'}}";

    @Test
    void everythingElseHasADefault() {
        OrchestratorConfig config = read(SHORTEST, Map.of());

        assertThat(config.name()).isEqualTo("main");
        assertThat(config.log()).isEqualTo(LogConfig.of("kafka-1:9092"));
        assertThat(config.http())
                .isEqualTo(
                        new HttpConfig(
                                "127.0.0.1", 8080, Optional.empty(), Optional.empty(), 257 << 20))
                .isEqualTo(HttpConfig.defaults());
    }

    @Test
    void everyKeyMaps() {
        String file =
                """
                orchestrator: main
                kafka:
                  bootstrap-servers: kafka-1:9092,kafka-2:9092
                  topic-prefix: staging
                  partitions: 64
                  replication-factor: 3
                  properties: { security.protocol: SSL }
                http:
                  host: 0.0.0.0
                  port: 9090
                  advertised-url: https://skein.example.org
                  token: { env: TOKEN }
                  body-limit: 1MiB
                """;

        OrchestratorConfig config = read(file, Map.of("TOKEN", "hush"));

        assertThat(config.log())
                .isEqualTo(
                        LogConfig.of("kafka-1:9092,kafka-2:9092")
                                .withTopicPrefix("staging")
                                .withTopics(new TopicSettings(64, Optional.of(3)))
                                .withClient(Map.of("security.protocol", "SSL")));
        assertThat(config.http())
                .isEqualTo(
                        new HttpConfig(
                                "0.0.0.0",
                                9090,
                                Optional.of(URI.create("https://skein.example.org")),
                                Optional.of(new Secret("hush")),
                                1 << 20));
        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void addressIsTheAdvertisedOneOrMadeOfHostAndPort() {
        HttpConfig defaults = HttpConfig.defaults().withPort(0);
        HttpConfig ipv6 = new HttpConfig("::1", 0, Optional.empty(), Optional.empty(), 1024);

        assertThat(defaults.url(4711)).isEqualTo("http://127.0.0.1:4711");
        assertThat(ipv6.url(4711)).isEqualTo("http://[::1]:4711");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orchestrator: -x | orchestrator",
                "http: {port: -1} | http.port",
                "http: {port: 65536} | http.port",
                "http: {host: ''} | http.host",
                "http: {advertised-url: 'ftp://x'} | http.advertised-url",
                "http: {advertised-url: 'http://user@x'} | http.advertised-url",
                "http: {advertised-url: 'not a url'} | http.advertised-url",
                "http: {token: open} | http.token",
                "http: {token: {env: UNSET}} | http.token",
                "http: {body-limit: 1023B} | http.body-limit",
                "http: {body-limit: 2GiB} | http.body-limit",
                "http: {colour: red} | http.colour",
                "kafka: {bootstrap-servers: 'x:1', partitions: 0} | kafka.partitions",
                "kafka: {bootstrap-servers: 'x:1', partitions: 10001} | kafka.partitions",
                "kafka: {bootstrap-servers: 'x:1', replication-factor: 0} |"
                        + " kafka.replication-factor",
                "kafka: {} | kafka.bootstrap-servers",
            })
    void boundRefuses(String change, String path) {
        String orchestrator = change.startsWith("orchestrator") ? "" : "orchestrator: main\n";
        String kafka = change.startsWith("kafka") ? "" : "kafka: {bootstrap-servers: 'x:1'}\n";

        SettingsInvalid refused = refused(orchestrator + kafka + change);

        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo(path));
    }

    private static SettingsInvalid refused(String yaml) {
        return catchThrowableOfType(SettingsInvalid.class, () -> read(yaml, Map.of()));
    }

    private static OrchestratorConfig read(String yaml, Map<String, String> environment) {
        return Settings.read(
                "orchestrator.yaml",
                SettingsFile.parse("orchestrator.yaml", yaml),
                environment,
                OrchestratorConfig::read);
    }
}
