package dev.skein.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Apache Kafka broker inside this process, its own controller, reachable on 127.0.0.1 only.
 *
 * <p>Threads: any; calls are serialised. Life cycle: {@link #start(KafkaSettings)}, then any number
 * of {@link #stop} and {@link #start()} on the same port and data, then {@link #close}.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String NAME = "Kafka";
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private final ServerDirectory directory;
    private final Path logDir;
    private final int port;
    private final BrokerAccess access;
    private final Map<String, String> overrides;
    private BrokerProcess process;

    private EmbeddedKafka(ServerDirectory directory, int port, KafkaSettings settings) {
        this.directory = directory;
        this.logDir = directory.path().resolve("log");
        this.port = port;
        this.access =
                settings.guarded() ? BrokerAccess.guarded(directory.path()) : BrokerAccess.open();
        this.overrides = overrides(settings);
    }

    private Map<String, String> overrides(KafkaSettings settings) {
        Map<String, String> all = new TreeMap<>(access.brokerSettings());
        if (settings.dataDir().isPresent()) {
            // What is acknowledged has to survive the machine: one broker has the only copy.
            all.put("log.flush.interval.messages", "1");
        }
        all.putAll(settings.brokerSettings());
        return all;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @throws EmbeddedFailure if the port is taken, or the directory is in use or cannot be written
     */
    public static EmbeddedKafka start(KafkaSettings settings) {
        ServerDirectory directory = ServerDirectory.open(settings.dataDir(), NAME);
        try {
            int port = Ports.choose(settings.port(), NAME);
            EmbeddedKafka kafka = new EmbeddedKafka(directory, port, settings);
            kafka.start();
            return kafka;
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Starts the broker again after {@link #stop}, on the same port and data; does nothing if it
     * runs.
     */
    public synchronized void start() {
        if (process != null) {
            return;
        }
        Ports.requireFree(port, NAME);
        // Kafka maps files into memory; where there is no room for them, the JVM has no words.
        DiskSpace.shortage(logDir)
                .ifPresent(
                        full -> {
                            throw notStarted(full, null);
                        });
        Properties properties = BrokerProperties.of(logDir, port, Ports.free(NAME), overrides);
        BrokerStorage.formatOnce(logDir);
        process = launch(properties);
        LOGGER.atDebug().addKeyValue("port", port).log("Embedded Kafka started");
    }

    private BrokerProcess launch(Properties properties) {
        try {
            return BrokerProcess.start(properties, STOP_MAX, this::reportEnd);
        } catch (EmbeddedFailure e) {
            throw notStarted(reason(e.getMessage()), e);
        }
    }

    private EmbeddedFailure notStarted(String reason, Throwable cause) {
        return new EmbeddedFailure(
                "Embedded Kafka did not start on %s with its data in %s: %s"
                        .formatted(bootstrapServers(), logDir, reason),
                cause);
    }

    private String reason(String given) {
        return DiskSpace.shortage(logDir).orElse(given);
    }

    /** Kafka is about to end the process, and says why only where nobody looks. */
    private void reportEnd(String given) {
        LOGGER.atError()
                .addKeyValue("error", reason(given))
                .log("Embedded Kafka cannot go on with its data in {}; the process ends", logDir);
    }

    /** What clients take as {@code bootstrap.servers}; does not change over the broker's life. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /**
     * What clients need beside the address, a secret among it; none unless the broker is guarded.
     */
    public Map<String, String> clientProperties() {
        return access.clientProperties();
    }

    /** Where the data and the lock are. */
    public Path directory() {
        return directory.path();
    }

    /** Stops the broker, keeping port and data for {@link #start()}; at most 30 s. */
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        BrokerProcess stopping = process;
        process = null;
        if (!stopping.stop(STOP_MAX)) {
            throw new EmbeddedFailure(
                    ("Embedded Kafka on %s has not stopped within %d s; it ends with this process."
                                    + " Its data in %s is safe and recovered at the next start.")
                            .formatted(bootstrapServers(), STOP_MAX.toSeconds(), logDir));
        }
    }

    /** Stops the broker and gives its directory free; a temporary one is deleted. */
    @Override
    public synchronized void close() {
        // A broker that would not stop keeps the lock: nobody else may write to its log.
        stop();
        directory.close();
    }
}
