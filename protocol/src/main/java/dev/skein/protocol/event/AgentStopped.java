package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import java.time.Instant;

/** The agent ended on purpose; its databases wait until it is started again. */
public record AgentStopped(AgentId agent, String instance, Instant at) implements AgentEvent {
    @Override
    public String key() {
        return agent.value() + "/heartbeat";
    }

    @Override
    public <R> R accept(AgentEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "agent %s stopped".formatted(agent);
    }
}
