package dev.skein.orchestrator;

import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.orchestrator.http.HttpPorts;
import dev.skein.orchestrator.http.HttpVerticle;
import dev.skein.orchestrator.runtime.FleetService;
import dev.skein.orchestrator.runtime.RolloutVerticle;
import dev.skein.orchestrator.runtime.RuntimePorts;
import dev.skein.protocol.log.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;

/**
 * A running orchestrator: the module's entry. May be used on any thread.
 *
 * <p>Life cycle: {@link #start}, then {@link #stop} once. Vert.x, the log and the registry belong
 * to the caller, who closes them afterwards.
 */
public final class Orchestrator {
    private final Vertx vertx;
    private final RolloutVerticle engine;
    private final String engineDeployment;
    private String httpDeployment = "";
    private int port;

    private Orchestrator(Vertx vertx, RolloutVerticle engine, String engineDeployment) {
        this.vertx = vertx;
        this.engine = engine;
        this.engineDeployment = engineDeployment;
    }

    /**
     * Starts one.
     *
     * @param log where it follows the fleet and writes its decisions
     * @return completes once it follows the log and its HTTP API listens; it is ready when the log
     *     has been folded, and leads when it is elected. Fails if the port is taken
     */
    public static Future<Orchestrator> start(
            Vertx vertx, OrchestratorConfig config, EventLog log, OrchestratorHost host) {
        Promise<String> url = Promise.promise();
        RolloutVerticle engine = new RolloutVerticle(config.name(), url.future(), ports(log, host));
        return vertx.deployVerticle(engine)
                .map(id -> new Orchestrator(vertx, engine, id))
                .compose(started -> started.listen(config, host))
                .onSuccess(listening -> url.complete(config.http().url(listening.port)));
    }

    private static RuntimePorts ports(EventLog log, OrchestratorHost host) {
        return new RuntimePorts(
                log, host.registry(), host.clock(), host.rolloutIds(), host.faults());
    }

    private Future<Orchestrator> listen(OrchestratorConfig config, OrchestratorHost host) {
        HttpVerticle http =
                new HttpVerticle(config.http(), new HttpPorts(fleet(), host.registry()));
        return vertx.deployVerticle(http)
                .map(id -> listening(id, http.port()))
                .recover(failure -> stop().transform(stopped -> notListening(config, failure)));
    }

    private static Future<Orchestrator> notListening(OrchestratorConfig config, Throwable failure) {
        if (!(failure instanceof IOException)) {
            return Future.failedFuture(failure);
        }
        String message =
                "the HTTP API cannot listen on %s:%d: %s; give another http.host or http.port"
                        .formatted(
                                config.http().host(), config.http().port(), failure.getMessage());
        return Future.failedFuture(new IllegalStateException(message, failure));
    }

    private Orchestrator listening(String deployment, int actualPort) {
        httpDeployment = deployment;
        port = actualPort;
        return this;
    }

    /** The fleet: reads, commands, subscriptions. */
    public FleetService fleet() {
        return engine.service();
    }

    /** The port of its HTTP API. */
    public int port() {
        return port;
    }

    /** Stops answering, leading and following the log. Never fails. */
    public Future<Void> stop() {
        return vertx.undeploy(httpDeployment)
                .otherwiseEmpty()
                .compose(closed -> vertx.undeploy(engineDeployment))
                .otherwiseEmpty();
    }
}
