package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A run of an agent begins, with the servers its configuration names.
 *
 * @param servers names of its servers; announcements of others are void
 * @param heartbeatInterval how often it will write a heartbeat
 */
public record AgentStarted(
        AgentId agent,
        String instance,
        List<String> servers,
        Duration heartbeatInterval,
        Instant at)
        implements AgentEvent {
    /** Copies the list. */
    public AgentStarted {
        servers = List.copyOf(servers);
    }

    @Override
    public String key() {
        return agent.value() + "/start";
    }

    @Override
    public <R> R accept(AgentEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "agent %s started for %d servers".formatted(agent, servers.size());
    }
}
