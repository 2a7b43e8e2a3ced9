package dev.skein.ops.run;

import dev.skein.orchestrator.Orchestrator;
import dev.skein.orchestrator.OrchestratorHost;
import dev.skein.orchestrator.config.OrchestratorConfig;

/** Runs an orchestrator in this process. */
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
    public static OrchestratorProcess start(Lifecycle lifecycle, OrchestratorConfig config) {
        return start(lifecycle, ProcessContext.open(lifecycle, config.log()), config);
    }

    static OrchestratorProcess start(
            Lifecycle lifecycle, ProcessContext context, OrchestratorConfig config) {
        OrchestratorHost host =
                OrchestratorHost.of(
                        context.registry(),
                        (position, fault) ->
                                Faults.end(
                                        "folding the log" + position.map(Faults::next).orElse(""),
                                        fault));
        Orchestrator started =
                Lifecycle.await(
                        "starting the orchestrator",
                        Orchestrator.start(context.vertx(), config, context.log(), host));
        lifecycle.add(
                "orchestrator",
                started,
                () -> Lifecycle.awaitStop("the orchestrator", started.stop()));
        return new OrchestratorProcess(config.http().url(started.port()));
    }

    /** Where the HTTP API answers. */
    public String url() {
        return url;
    }
}
