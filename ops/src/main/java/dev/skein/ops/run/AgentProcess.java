package dev.skein.ops.run;

import dev.skein.agent.Agent;
import dev.skein.agent.AgentHost;
import dev.skein.agent.config.AgentConfig;

/** An agent with everything it needs of its process. */
public final class AgentProcess {
    private AgentProcess() {}

    /**
     * Starts it, and waits until it works.
     *
     * @throws RuntimeException if Kafka refuses it or does not answer in time
     */
    public static void start(Parts parts, AgentConfig config) {
        start(parts, Ground.open(parts, config.log()), config);
    }

    static void start(Parts parts, Ground ground, AgentConfig config) {
        AgentHost host = new AgentHost(ground.registry(), ground.registry()::scrape, Faults::end);
        Agent agent =
                Parts.await(
                        "starting the agent",
                        Agent.start(ground.vertx(), config, ground.log(), host));
        parts.add("agent", agent, () -> Parts.awaitStop("the agent", agent.stop()));
    }
}
