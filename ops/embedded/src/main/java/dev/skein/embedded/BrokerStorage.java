package dev.skein.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Kafka's storage on first start: it must be formatted, which also gives the cluster its id. */
final class BrokerStorage {
    private BrokerStorage() {}

    static void formatOnce(Path logDir) {
        // Kafka writes this file as the last act of formatting; without it, formatting starts over.
        if (Files.exists(logDir.resolve("meta.properties"))) {
            return;
        }
        try {
            ServerDirectory.delete(logDir);
            Files.createDirectories(logDir);
            format(logDir);
        } catch (Exception e) {
            throw new EmbeddedFailure(
                    "Embedded Kafka could not prepare %s for its first start: %s"
                            .formatted(
                                    logDir,
                                    DiskSpace.shortage(logDir)
                                            .orElseGet(() -> EmbeddedFailure.reason(e))),
                    e);
        }
    }

    private static void format(Path logDir) throws Exception {
        // The report of what it did goes nowhere: failures arrive as exceptions.
        PrintStream report =
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        new Formatter()
                .setPrintStream(report)
                .setNodeId(BrokerProperties.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logDir.toString())
                .addDirectory(logDir.toString())
                .run();
    }
}
