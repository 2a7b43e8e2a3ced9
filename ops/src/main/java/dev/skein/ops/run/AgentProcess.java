package dev.skein.ops.run;

import dev.skein.agent.Agent;
import dev.skein.agent.AgentHost;
import dev.skein.agent.config.AgentConfig;

/** Runs an agent in this process. */
public final class AgentProcess {
    private AgentProcess() {}

    /**
     * Starts it, and waits until it works.
     *
     * @throws RuntimeException if Kafka refuses it or does not answer in time
     */
    public static void start(Lifecycle lifecycle, AgentConfig config) {
        start(lifecycle, ProcessContext.open(lifecycle, config.log()), config);
    }

    static void start(Lifecycle lifecycle, ProcessContext context, AgentConfig config) {
        AgentHost host = new AgentHost(context.registry(), context.registry()::scrape, Faults::end);
        Agent agent =
                Lifecycle.await(
                        "starting the agent",
                        Agent.start(context.vertx(), config, context.log(), host));
        lifecycle.add("agent", agent, () -> Lifecycle.awaitStop("the agent", agent.stop()));
    }
}
