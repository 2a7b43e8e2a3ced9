package dev.skein.embedded;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an embedded Kafka broker runs.
 *
 * <p>One broker has one copy of the data. Where it is kept, what was acknowledged is on disk, so
 * that it survives the end of the process and of the machine at any instant; that costs one flush
 * per append. Data that is deleted on close is not flushed.
 *
 * @param dataDir where the log is kept, or empty for a temporary directory deleted on close
 * @param port of 127.0.0.1, 0 to 65535, where 0 takes a free one
 * @param brokerSettings Kafka broker settings, which win over those Skein chooses
 * @param guarded whether it takes requests only from who can read the secret in its directory
 */
public record KafkaSettings(
        Optional<Path> dataDir, int port, Map<String, String> brokerSettings, boolean guarded) {

    public KafkaSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to 65535");
        }
        brokerSettings = Collections.unmodifiableMap(new TreeMap<>(brokerSettings));
    }

    /** Any free port, data deleted on close. */
    public static KafkaSettings temporary() {
        return new KafkaSettings(Optional.empty(), 0, Collections.emptyMap(), false);
    }

    /** Any free port, data kept in {@code dataDir}. */
    public static KafkaSettings keptIn(Path dataDir) {
        return new KafkaSettings(Optional.of(dataDir), 0, Collections.emptyMap(), false);
    }

    public KafkaSettings withPort(int newPort) {
        return new KafkaSettings(dataDir, newPort, brokerSettings, guarded);
    }

    public KafkaSettings withBrokerSettings(Map<String, String> newSettings) {
        return new KafkaSettings(dataDir, port, newSettings, guarded);
    }

    /** Takes requests only with {@link EmbeddedKafka#clientProperties}. */
    public KafkaSettings withGuard() {
        return new KafkaSettings(dataDir, port, brokerSettings, true);
    }
}
