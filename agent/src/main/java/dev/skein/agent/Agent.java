package dev.skein.agent;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.config.HttpConfig;
import dev.skein.agent.config.ServerConfig;
import dev.skein.agent.discovery.Discovery;
import dev.skein.agent.runner.ProcessRunners;
import dev.skein.engine.Engine;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.postgres.Connections;
import dev.skein.engine.postgres.ExecutionSettings;
import dev.skein.engine.postgres.PostgresEngine;
import dev.skein.engine.postgres.SqlFailures;
import dev.skein.protocol.log.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A running agent: the module's entry. May be used on any thread.
 *
 * <p>Life cycle: {@link #start}, then {@link #stop} once. The log and Vert.x belong to the caller,
 * who closes them afterwards.
 */
public final class Agent {
    private final Vertx vertx;
    private final Optional<AgentHttp> http;
    private final ProcessRunners runners;
    private OptionalInt port = OptionalInt.empty();
    private String deployment = "";

    private Agent(Vertx vertx, Optional<AgentHttp> http, ProcessRunners runners) {
        this.vertx = vertx;
        this.runners = runners;
        this.http = http;
    }

    /**
     * Starts an agent.
     *
     * @param log where its orders come from
     * @return completes once it works. Waits for a log that cannot be reached; fails if the log
     *     refuses it, or if its HTTP port is taken
     */
    public static Future<Agent> start(
            Vertx vertx, AgentConfig config, EventLog log, AgentHost host) {
        ProcessRunners runners =
                new ProcessRunners(
                        vertx,
                        config.runsDirectory(),
                        config.runners(),
                        config.servers(),
                        SqlFailures::isPassing);
        AgentVerticle verticle =
                new AgentVerticle(config, ports(vertx, config, log, host, runners));
        Optional<AgentHttp> http =
                config.http().map(where -> new AgentHttp(vertx, verticle::ready, host.scrape()));
        Agent agent = new Agent(vertx, http, runners);
        return agent.listen(config.http())
                .compose(listening -> vertx.deployVerticle(verticle))
                .map(agent::deployed)
                .onFailure(failure -> http.ifPresent(AgentHttp::close));
    }

    /**
     * Stops it: nothing begins any more, running steps end within the grace of the configuration,
     * what runs then still is ended, and the log is told. Never fails.
     */
    public Future<Void> stop() {
        return vertx.undeploy(deployment)
                .otherwiseEmpty()
                .compose(done -> runners.close())
                .compose(done -> http.map(AgentHttp::close).orElseGet(Future::succeededFuture));
    }

    /** Where it answers about its health, if it does. */
    public OptionalInt httpPort() {
        return port;
    }

    private Future<Void> listen(Optional<HttpConfig> where) {
        if (http.isEmpty()) {
            return Future.succeededFuture();
        }
        return http.get()
                .start(where.orElseThrow())
                .onSuccess(actual -> port = OptionalInt.of(actual))
                .mapEmpty();
    }

    private Agent deployed(String id) {
        deployment = id;
        return this;
    }

    private static AgentPorts ports(
            Vertx vertx, AgentConfig config, EventLog log, AgentHost host, ProcessRunners runners) {
        Map<String, ServerAddress> addresses = new TreeMap<>();
        config.servers().forEach(server -> addresses.put(server.name(), server.address()));
        Connections connections =
                new Connections(vertx, name -> Optional.ofNullable(addresses.get(name)));
        InstantSource clock = InstantSource.system();
        ExecutionSettings settings =
                new ExecutionSettings(
                                clock,
                                () -> ThreadLocalRandom.current().nextDouble(),
                                config.times().unavailable())
                        .reportingRowData(config.reportRowData())
                        .runningWith(runners);
        Engine engine = new PostgresEngine(vertx, connections, settings);
        Map<String, Engine> engines = new TreeMap<>();
        Map<String, Discovery> discoveries = new TreeMap<>();
        for (ServerConfig server : config.servers()) {
            engines.put(server.name(), engine);
            discoveries.put(server.name(), Discovery.of(server, engine));
        }
        return new AgentPorts(
                UUID.randomUUID().toString(),
                log,
                engines,
                discoveries,
                clock,
                host.registry(),
                new AgentFaults(host.registry(), host.faults()),
                runners::underWay);
    }
}
