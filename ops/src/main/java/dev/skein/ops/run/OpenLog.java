package dev.skein.ops.run;

import dev.skein.embedded.EmbeddedKafka;
import dev.skein.embedded.KafkaSettings;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the log for a command that looks at it, past any server. */
public final class OpenLog {
    private OpenLog() {}

    /**
     * The log of deployed processes.
     *
     * @param config of an orchestrator
     * @throws RuntimeException if Kafka refuses or does not answer
     */
    public static KafkaEventLog of(Lifecycle lifecycle, Path config) {
        return open(
                lifecycle,
                SettingsFile.read(config, System.getenv(), OrchestratorConfig::read).log());
    }

    /**
     * The log that a standalone process keeps, while that process does not run.
     *
     * @param data its data directory
     * @throws RuntimeException if there is none, or it is in use
     */
    public static KafkaEventLog keptIn(Lifecycle lifecycle, Path data) {
        Path kafka = data.resolve("kafka");
        if (!Files.isDirectory(kafka)) {
            throw new IllegalStateException(
                    data + " holds no log: give the --data directory of 'skein standalone'");
        }
        Logging.embeddedKafkaIsSilent();
        KafkaSettings settings = KafkaSettings.keptIn(kafka).withGuard();
        EmbeddedKafka broker = lifecycle.start("kafka", () -> EmbeddedKafka.start(settings));
        return open(
                lifecycle,
                LogConfig.of(broker.bootstrapServers()).withClient(broker.clientProperties()));
    }

    private static KafkaEventLog open(Lifecycle lifecycle, LogConfig config) {
        return ProcessContext.open(lifecycle, config).log();
    }
}
