package dev.skein.ops.run;

import dev.skein.embedded.EmbeddedKafka;
import dev.skein.embedded.KafkaSettings;
import dev.skein.orchestrator.config.HttpConfig;
import java.nio.file.Path;
import java.util.Map;

/** Orchestrator, agent and Kafka in one process. */
public final class Standalone {
    private static final BrokerAddress NOT_YET = BrokerAddress.open("127.0.0.1:9092");

    private final OrchestratorProcess orchestrator;

    private Standalone(OrchestratorProcess orchestrator) {
        this.orchestrator = orchestrator;
    }

    /**
     * Starts all parts; the configuration is checked before the first of them.
     *
     * @param data where the log is kept; everything is still there after a restart
     */
    public static Standalone start(Lifecycle lifecycle, Path config, Path data) {
        Map<String, String> environment = System.getenv();
        HttpConfig http = StandaloneConfig.read(config, environment, NOT_YET).orchestrator().http();
        FreePort.require(http.host(), http.port(), "give another http.host or http.port");
        Logging.embeddedKafkaIsSilent();
        KafkaSettings settings = KafkaSettings.keptIn(data.resolve("kafka")).withGuard();
        EmbeddedKafka kafka = lifecycle.start("kafka", () -> EmbeddedKafka.start(settings));
        return start(
                lifecycle, StandaloneConfig.read(config, environment, BrokerAddress.of(kafka)));
    }

    /** Starts orchestrator and agent over a Kafka that runs already. */
    public static Standalone start(Lifecycle lifecycle, StandaloneConfig config) {
        ProcessContext context = ProcessContext.open(lifecycle, config.orchestrator().log());
        OrchestratorProcess orchestrator =
                OrchestratorProcess.start(lifecycle, context, config.orchestrator());
        AgentProcess.start(lifecycle, context, config.agent());
        return new Standalone(orchestrator);
    }

    /** Where the HTTP API answers. */
    public String url() {
        return orchestrator.url();
    }
}
