package dev.skein.ops.run;

import dev.skein.orchestrator.Orchestrator;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.orchestrator.engine.EnginePorts;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.KafkaEventLog;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An orchestrator with everything it needs of its process. */
public final class OrchestratorProcess {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SUFFIX_BOUND = 0x10000;

    private final Orchestrator orchestrator;

    private OrchestratorProcess(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /**
     * Starts it, and waits until its API answers.
     *
     * @throws RuntimeException if Kafka does not answer, or its address cannot be listened on
     */
    public static OrchestratorProcess start(Parts parts, OrchestratorConfig config) {
        PrometheusMeterRegistry registry = Runtimes.registry();
        Vertx vertx = Runtimes.vertx(parts, "orchestrator");
        KafkaEventLog log =
                Parts.await(
                        "connecting to Kafka at " + config.log().bootstrapServers(),
                        KafkaEventLog.open(vertx, config.log(), registry));
        parts.add("orchestrator's log", log, () -> Parts.awaitStop("the log", log.close()));
        EnginePorts ports =
                new EnginePorts(
                        log,
                        registry,
                        Instant::now,
                        OrchestratorProcess::rolloutId,
                        (position, fault) ->
                                Faults.end(
                                        "folding the log"
                                                + position.map(at -> " at " + at).orElse(""),
                                        fault));
        Orchestrator started =
                Parts.await(
                        "starting the orchestrator",
                        Orchestrator.start(vertx, config, ports, registry));
        parts.add(
                "orchestrator", started, () -> Parts.awaitStop("the orchestrator", started.stop()));
        return new OrchestratorProcess(started);
    }

    /** When it was opened, and something that no other rollout of that minute has. */
    private static RolloutId rolloutId() {
        String suffix = String.format("%04x", RANDOM.nextInt(SUFFIX_BOUND));
        return new RolloutId("r-" + STAMP.format(Instant.now()) + "-" + suffix);
    }

    /** Where the HTTP API answers. */
    public String url() {
        return orchestrator.url();
    }
}
