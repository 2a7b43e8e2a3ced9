package dev.skein.ops.run;

import dev.skein.orchestrator.Orchestrator;
import dev.skein.orchestrator.OrchestratorHost;
import dev.skein.orchestrator.config.OrchestratorConfig;

/** An orchestrator with everything it needs of its process. */
public final class OrchestratorProcess {
    private final String url;

    private OrchestratorProcess(String url) {
        this.url = url;
    }

    /**
     * Starts it, and waits until its API answers.
     *
     * @throws RuntimeException if Kafka does not answer, or its address cannot be listened on
     */
    public static OrchestratorProcess start(Parts parts, OrchestratorConfig config) {
        return start(parts, Ground.open(parts, config.log()), config);
    }

    static OrchestratorProcess start(Parts parts, Ground ground, OrchestratorConfig config) {
        OrchestratorHost host =
                OrchestratorHost.of(
                        ground.registry(),
                        (position, fault) ->
                                Faults.end(
                                        "folding the log"
                                                + position.map(at -> " at " + at).orElse(""),
                                        fault));
        Orchestrator started =
                Parts.await(
                        "starting the orchestrator",
                        Orchestrator.start(ground.vertx(), config, ground.log(), host));
        parts.add(
                "orchestrator", started, () -> Parts.awaitStop("the orchestrator", started.stop()));
        return new OrchestratorProcess(config.http().url(started.port()));
    }

    /** Where the HTTP API answers. */
    public String url() {
        return url;
    }
}
