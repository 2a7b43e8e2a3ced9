package dev.skein.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.log.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentConfigTest {
    private static final String SMALLEST =
            """
            agent: eu-1
            kafka: { bootstrap-servers: "kafka-1:9092" }
            servers:
              - name: pg-1
                uri: postgresql://skein@10.0.0.5/postgres
                databases: [{ name: acme }]
            """;

    @Test
    void whatIsLeftOutHasADefault() {
        // when
        AgentConfig config = Yaml.read(SMALLEST, AgentConfig::read);

        // then
        assertThat(config.agent()).isEqualTo(new AgentId("eu-1"));
        assertThat(config.log()).isEqualTo(LogConfig.of("kafka-1:9092"));
        assertThat(config.times()).isEqualTo(AgentTimes.defaults());
        assertThat(config.http()).isEmpty();
        assertThat(config.reportRowData()).isTrue();
    }

    @Test
    void everyKeyMaps() {
        // when
        AgentConfig config =
                Yaml.read(
                        """
                        agent: eu-1
                        kafka:
                          bootstrap-servers: "kafka-1:9092,kafka-2:9092"
                          topic-prefix: prod.skein
                          properties:
                            security.protocol: SASL_SSL
                            ssl.truststore.location: /etc/skein/ca.pem
                        discovery-interval: 1m
                        report-row-data: false
                        runs-directory: /var/lib/skein/runs
                        http: { port: 9100 }
                        servers:
                          - name: pg-1
                            uri: postgresql://skein@10.0.0.5/postgres
                            databases: [{ name: acme }]
                          - name: pg-2
                            uri: postgresql://skein@10.0.0.6/postgres
                            databases: [{ name: acme }]
                        """,
                        AgentConfig::read);

        // then
        assertThat(config.runsDirectory()).hasToString("/var/lib/skein/runs");
        assertThat(config.log().bootstrapServers()).isEqualTo("kafka-1:9092,kafka-2:9092");
        assertThat(config.log().topicPrefix()).isEqualTo("prod.skein");
        assertThat(config.log().client())
                .isEqualTo(
                        Map.of(
                                "security.protocol",
                                "SASL_SSL",
                                "ssl.truststore.location",
                                "/etc/skein/ca.pem"));
        assertThat(config.times().discovery()).hasMinutes(1);
        assertThat(config.reportRowData()).isFalse();
        assertThat(config.http()).contains(new HttpConfig("127.0.0.1", 9100));
        assertThat(config.servers()).extracting(ServerConfig::name).containsExactly("pg-1", "pg-2");
    }

    @Test
    void allProblemsAreReportedTogetherWithTheirKeys() {
        // when
        var problems =
                Yaml.problems(
                        """
                        agent: "eu 1"
                        kafka: { topic-prefix: skein }
                        heartbeat-interval: 10
                        discovery-intervall: 30s
                        servers:
                          - name: pg-1
                            uri: postgresql://10.0.0.5/postgres
                            databases-in-flight: 0
                            databases: [{ name: acme, query: select 1 }]
                        """,
                        AgentConfig::read);

        // then
        assertThat(problems)
                .anyMatch(each -> each.startsWith("agent: agent 'eu 1' is not a name"))
                .anyMatch(each -> each.startsWith("kafka.bootstrap-servers: "))
                .anyMatch(each -> each.startsWith("heartbeat-interval: "))
                .anyMatch(each -> each.startsWith("discovery-intervall: is not a known key"))
                .anyMatch(each -> each.startsWith("servers[0].uri: is not of the form"))
                .anyMatch(each -> each.startsWith("servers[0].databases-in-flight: "))
                .anyMatch(each -> each.startsWith("servers[0].databases[0]: needs a name, or"))
                .hasSize(7);
    }

    @Test
    void twoServersOfOneNameAreRefused() {
        // when
        var problems =
                Yaml.problems(
                        SMALLEST
                                + """
                                  - name: pg-1
                                    uri: postgresql://skein@10.0.0.6/postgres
                                    databases: [{ name: acme }]
                                """,
                        AgentConfig::read);

        // then
        assertThat(problems).containsExactly("servers: two are named 'pg-1'");
    }

    @Test
    void anAgentWithoutServersIsRefused() {
        // when
        var problems =
                Yaml.problems(
                        "{ agent: eu-1, kafka: { bootstrap-servers: 'k:9092' } }",
                        AgentConfig::read);

        // then
        assertThat(problems).containsExactly("servers: needs at least one server");
    }

    @Test
    void theExampleOfTheReadmeIsRead() throws IOException {
        // given
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```yaml") + "```yaml".length();
        String example = readme.substring(begin, readme.indexOf("```", begin));

        // when
        AgentConfig config =
                Yaml.read(
                        example.replace("{ file: /run/secrets/pg-eu-1 }", "{ env: PG_PASSWORD }")
                                .replace("&sslrootcert=/etc/skein/pg-ca.pem", ""),
                        AgentConfig::read);

        // then
        assertThat(config.servers().get(0).sources()).hasSize(3);
        assertThat(config.times()).isEqualTo(AgentTimes.defaults());
        assertThat(config.toString()).doesNotContain("hunter2");
    }
}
