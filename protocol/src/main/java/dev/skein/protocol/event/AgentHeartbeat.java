package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import java.time.Instant;

/**
 * The agent is alive.
 *
 * @param databasesInFlight orders being worked on
 * @param databasesWaiting orders that wait for a place on their server
 */
public record AgentHeartbeat(
        AgentId agent, String instance, int databasesInFlight, int databasesWaiting, Instant at)
        implements AgentEvent {
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
        return "agent %s is alive: %d databases in flight, %d waiting"
                .formatted(agent, databasesInFlight, databasesWaiting);
    }
}
