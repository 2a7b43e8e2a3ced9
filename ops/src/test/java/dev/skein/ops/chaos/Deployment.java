package dev.skein.ops.chaos;

import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Orchestrators and agents as separate processes over one Kafka and one fleet of tenants.
 *
 * <p>Threads: any. Closing ends every process that still runs.
 */
final class Deployment implements AutoCloseable {
    private static final int PARTITIONS = 8;
    private static final int IN_FLIGHT = 4;

    private final String servers;
    private final LogConfig log;
    private final Path directory;
    private final AtomicInteger started = new AtomicInteger();
    private final List<SkeinProcess> processes = new ArrayList<>();

    /** What the processes say is kept below {@code target/chaos}, for whoever has to look. */
    Deployment(Tenants tenants, String kafka) {
        this(
                tenants.prefix(),
                kafka,
                server(Tenants.SERVER, tenants.server().uri("postgres"), tenants.query()));
    }

    /**
     * @param prefix of the topics, and the name of the directory
     * @param servers of an agent that is started without servers of its own, as YAML
     */
    Deployment(String prefix, String kafka, String servers) {
        this.servers = servers;
        this.log =
                LogConfig.of(kafka)
                        .withTopicPrefix(prefix)
                        .withTopics(new TopicSettings(PARTITIONS, Optional.of(1)));
        this.directory = Path.of("target", "chaos", prefix);
    }

    /** A server as an agent's configuration has it, whose databases a query names. */
    static String server(String name, String uri, String query) {
        return """
        servers:
          - name: %s
            uri: %s
            databases-in-flight: %d
            databases: [ { query: "%s" } ]
        """
                .formatted(name, uri, IN_FLIGHT, query);
    }

    LogConfig log() {
        return log;
    }

    /** Starts an orchestrator and does not wait for it; see {@link #urlOf}. */
    SkeinProcess orchestrator(String name) {
        String config =
                """
                orchestrator: %s
                kafka: { bootstrap-servers: "%s", topic-prefix: %s, partitions: %d }
                http: { port: 0 }
                """
                        .formatted(name, log.bootstrapServers(), log.topicPrefix(), PARTITIONS);
        return start("orchestrator", name, config);
    }

    /** Where an orchestrator answers, once it does. */
    static String urlOf(SkeinProcess orchestrator) {
        return orchestrator.awaitLine("orchestrator answers at ");
    }

    /** Starts an agent for all tenants and does not wait for it. */
    SkeinProcess agent(String id) {
        return agent(id, servers);
    }

    /** Starts an agent with servers of its own, as YAML, and does not wait for it. */
    SkeinProcess agent(String id, String servers) {
        String config =
                """
                agent: %s
                kafka: { bootstrap-servers: "%s", topic-prefix: %s }
                heartbeat-interval: 1s
                discovery-interval: 2s
                """
                        .formatted(id, log.bootstrapServers(), log.topicPrefix());
        return start("agent", id, config + servers);
    }

    private SkeinProcess start(String command, String name, String config) {
        String run = "%02d-%s-%s".formatted(started.incrementAndGet(), command, name);
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(run + ".yaml");
            Files.writeString(file, config);
            SkeinProcess process =
                    SkeinProcess.start(
                            run,
                            directory.resolve(run + ".log"),
                            command,
                            "--config",
                            file.toString());
            synchronized (processes) {
                processes.add(process);
            }
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The last that each process said. */
    String lastWords() {
        synchronized (processes) {
            return processes.stream()
                    .map(SkeinProcess::lastWords)
                    .collect(Collectors.joining("\n--\n"));
        }
    }

    @Override
    public void close() {
        synchronized (processes) {
            processes.forEach(SkeinProcess::close);
        }
    }
}
