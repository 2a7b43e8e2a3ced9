package dev.skein.ops.run;

import dev.skein.agent.Agent;
import dev.skein.agent.AgentHost;
import dev.skein.agent.config.AgentConfig;
import dev.skein.protocol.log.KafkaEventLog;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

/** An agent with everything it needs of its process. */
public final class AgentProcess {
    private AgentProcess() {}

    /**
     * Starts it, and waits until it works.
     *
     * @throws RuntimeException if Kafka refuses it or does not answer within two minutes
     */
    public static void start(Parts parts, AgentConfig config) {
        PrometheusMeterRegistry registry = Runtimes.registry();
        Vertx vertx = Runtimes.vertx(parts, "agent");
        KafkaEventLog log =
                Parts.await(
                        "connecting to Kafka at " + config.log().bootstrapServers(),
                        KafkaEventLog.open(vertx, config.log(), registry));
        parts.add("agent's log", log, () -> Parts.awaitStop("the log", log.close()));
        AgentHost host = new AgentHost(registry, registry::scrape, Faults::end);
        Agent agent = Parts.await("starting the agent", Agent.start(vertx, config, log, host));
        parts.add("agent", agent, () -> Parts.awaitStop("the agent", agent.stop()));
    }
}
