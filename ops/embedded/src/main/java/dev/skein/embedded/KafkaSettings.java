package dev.skein.embedded;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an embedded Kafka broker runs.
 *
 * <p>One broker has one copy of the data. It survives the end of the process at any instant, but
 * records that the operating system had not yet written to disk are lost when the machine itself
 * goes down; {@code log.flush.interval.messages=1} in {@code brokerSettings} closes that gap at the
 * price of one flush per append.
 *
 * @param dataDir where the log is kept, or empty for a temporary directory deleted on close
 * @param port of 127.0.0.1, 0 to 65535, where 0 takes a free one
 * @param brokerSettings Kafka broker settings, which win over those Skein chooses
 */
public record KafkaSettings(Optional<Path> dataDir, int port, Map<String, String> brokerSettings) {

    public KafkaSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to 65535");
        }
        brokerSettings = Collections.unmodifiableMap(new TreeMap<>(brokerSettings));
    }

    /** Any free port, data deleted on close. */
    public static KafkaSettings temporary() {
        return new KafkaSettings(Optional.empty(), 0, Collections.emptyMap());
    }

    /** Any free port, data kept in {@code dataDir}. */
    public static KafkaSettings keptIn(Path dataDir) {
        return new KafkaSettings(Optional.of(dataDir), 0, Collections.emptyMap());
    }

    public KafkaSettings withPort(int newPort) {
        return new KafkaSettings(dataDir, newPort, brokerSettings);
    }

    public KafkaSettings withBrokerSettings(Map<String, String> newSettings) {
        return new KafkaSettings(dataDir, port, newSettings);
    }
}
