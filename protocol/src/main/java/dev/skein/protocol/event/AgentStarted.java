package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of an agent begins, with the servers its configuration names.
 *
 * @param servers names of its servers; announcements of others are void
 * @param heartbeatInterval how often it will write a heartbeat
 * @param runners names of what carries out delegated steps beside it; absent where it has none
 */
public record AgentStarted(
        AgentId agent,
        String instance,
        List<String> servers,
        Duration heartbeatInterval,
        Optional<List<String>> runners,
        Instant at)
        implements AgentEvent {
    /** Copies the list. */
    public AgentStarted {
        servers = List.copyOf(servers);
        runners = runners.map(List::copyOf);
    }

    /** Of an agent without runners. */
    public AgentStarted(
            AgentId agent,
            String instance,
            List<String> servers,
            Duration heartbeatInterval,
            Instant at) {
        this(agent, instance, servers, heartbeatInterval, Optional.empty(), at);
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
