package dev.skein.orchestrator;

import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.orchestrator.engine.EnginePorts;
import dev.skein.orchestrator.engine.FleetService;
import dev.skein.orchestrator.engine.RolloutVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A running orchestrator.
 *
 * <p>May be used from any thread. Vert.x, the log and the meter registry stay the caller's.
 */
public final class Orchestrator {
    private final Vertx vertx;
    private final FleetService fleet;
    private final String engineId;

    private Orchestrator(Vertx vertx, FleetService fleet, String engineId) {
        this.vertx = vertx;
        this.fleet = fleet;
        this.engineId = engineId;
    }

    /**
     * Starts one.
     *
     * @return completes once it follows the log; it is ready some time later, and leads when it is
     *     elected. Fails if it cannot be deployed
     */
    public static Future<Orchestrator> start(
            Vertx vertx, OrchestratorConfig config, EnginePorts ports) {
        String url = config.http().url(config.http().port());
        RolloutVerticle engine =
                new RolloutVerticle(config.name(), Future.succeededFuture(url), ports);
        return vertx.deployVerticle(engine)
                .map(id -> new Orchestrator(vertx, engine.service(), id));
    }

    /** The fleet: reads, commands, subscriptions. */
    public FleetService fleet() {
        return fleet;
    }

    /** Gives up the lead and stops, in the reverse order of the start. Never fails. */
    public Future<Void> stop() {
        return vertx.undeploy(engineId).otherwiseEmpty();
    }
}
