package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The agent is alive.
 *
 * @param databasesInFlight orders being worked on
 * @param databasesWaiting orders that wait for a place on their server
 * @param runs programs that carry out delegated steps, at most 50; absent where there is none
 */
public record AgentHeartbeat(
        AgentId agent,
        String instance,
        int databasesInFlight,
        int databasesWaiting,
        Optional<List<RunUnderWay>> runs,
        Instant at)
        implements AgentEvent {
    /** Copies the list. */
    public AgentHeartbeat {
        runs = runs.map(List::copyOf);
    }

    /** Of an agent beside which no program is at work. */
    public AgentHeartbeat(
            AgentId agent,
            String instance,
            int databasesInFlight,
            int databasesWaiting,
            Instant at) {
        this(agent, instance, databasesInFlight, databasesWaiting, Optional.empty(), at);
    }

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
