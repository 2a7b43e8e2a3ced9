package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The databases of one server, as the agent found them just now.
 *
 * @param databasesInFlightMax the server's own limit
 * @param problem why the list could not be renewed; the databases are those known before
 * @param version of the server's programs, as {@code server_version} has it; absent where it could
 *     not be asked yet
 */
public record ServerAnnounced(
        AgentId agent,
        String instance,
        String server,
        int databasesInFlightMax,
        List<AnnouncedDatabase> databases,
        Optional<String> problem,
        Optional<String> version,
        Instant at)
        implements AgentEvent {
    /** Copies the list. */
    public ServerAnnounced {
        databases = List.copyOf(databases);
    }

    /** Of a server whose version is not known. */
    public ServerAnnounced(
            AgentId agent,
            String instance,
            String server,
            int databasesInFlightMax,
            List<AnnouncedDatabase> databases,
            Optional<String> problem,
            Instant at) {
        this(
                agent,
                instance,
                server,
                databasesInFlightMax,
                databases,
                problem,
                Optional.empty(),
                at);
    }

    @Override
    public String key() {
        return agent.value() + "/server/" + server;
    }

    @Override
    public <R> R accept(AgentEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        String trouble = problem.map(each -> "; not renewed: " + each).orElse("");
        return "agent %s announces %d databases of server %s%s"
                .formatted(agent, databases.size(), server, trouble);
    }
}
