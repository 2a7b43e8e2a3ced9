package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.EmbeddedKafka;
import dev.skein.embedded.KafkaSettings;
import dev.skein.embedded.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that cannot start say why, in bounded time, and leave nothing running. */
@Timeout(60)
class StartFailuresIT {
    private static final String SERVERS =
            "servers: [{name: pg, uri: 'postgresql://ann@127.0.0.1:1/postgres',"
                    + " databases: [{name: acme}]}]\n";

    @TempDir private Path directory;

    private String config(String yaml) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), yaml).toString();
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void refusesPort(Said said, int port) {
        assertThat(said.endedWith(1).err())
                .contains("skein: the HTTP API cannot listen on 127.0.0.1:" + port)
                .contains("Address already in use; give another ");
    }

    @Test
    void demoSaysThatItsPortIsTakenBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = taken()) {
            String port = Integer.toString(taken.getLocalPort());
            Said said = Said.by("demo", "--exit", "--port", port);
            refusesPort(said, taken.getLocalPort());
            assertThat(said.out()).isEmpty();
        }
    }

    @Test
    void standaloneSaysThatItsPortIsTakenBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = taken()) {
            String config = config("http: {port: " + taken.getLocalPort() + "}\n" + SERVERS);
            Path data = directory.resolve("data");
            refusesPort(
                    Said.by("standalone", "--config", config, "--data", data.toString()),
                    taken.getLocalPort());
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void orchestratorSaysThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = taken()) {
            String http = "http: {port: " + taken.getLocalPort() + "}\n";
            String config = config(kafka("orchestrator: first\n", "taken") + http);
            refusesPort(Said.by("orchestrator", "--config", config), taken.getLocalPort());
        }
    }

    @Test
    void agentSaysThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = taken()) {
            String http = "http: {port: " + taken.getLocalPort() + "}\n";
            refusesPort(
                    Said.by("agent", "--config", config(agent("taken-agent") + http + SERVERS)),
                    taken.getLocalPort());
        }
    }

    @Test
    void hostThatHasNoAddressIsNamed() throws IOException {
        String http = "http: {host: nowhere.invalid, port: 9}\n";
        String refused = "skein: the HTTP API cannot listen on nowhere.invalid:9: ";
        Said agent = Said.by("agent", "--config", config(agent("no-host") + http + SERVERS));
        assertThat(agent.endedWith(1).err()).contains(refused).contains("give another http.host");
        Said orchestrator =
                Said.by(
                        "orchestrator",
                        "--config",
                        config(kafka("orchestrator: first\n", "no-host") + http));
        assertThat(orchestrator.endedWith(1).err()).contains(refused);
    }

    private static String agent(String prefix) {
        return kafka("agent: first\n", prefix);
    }

    private static String kafka(String name, String prefix) {
        return "%skafka: {bootstrap-servers: '%s', topic-prefix: %s}\n"
                .formatted(name, TestServers.kafka().bootstrapServers(), prefix);
    }

    @Test
    void standaloneNamesTheProcessThatUsesItsDirectory() throws IOException {
        Path data = directory.resolve("data");
        KafkaSettings settings = KafkaSettings.keptIn(data.resolve("kafka"));
        EmbeddedKafka other = EmbeddedKafka.start(settings);
        try (other) {
            String config = config("http: {port: 0}\n" + SERVERS);
            Said said = Said.by("standalone", "--config", config, "--data", data.toString());
            assertThat(said.endedWith(1).err())
                    .contains("is in use: this process runs embedded Kafka on it")
                    .contains("choose another directory");
        }
    }

    @Test
    void kafkaThatDoesNotAnswerIsNamed() throws IOException {
        String config =
                config("agent: first\nkafka: {bootstrap-servers: '127.0.0.1:1'}\n" + SERVERS);
        Said said = Said.by("agent", "--config", config);
        assertThat(said.endedWith(1).err())
                .startsWith("skein: connecting to Kafka at 127.0.0.1:1 failed: ")
                .contains("Check kafka.bootstrap-servers");
    }
}
