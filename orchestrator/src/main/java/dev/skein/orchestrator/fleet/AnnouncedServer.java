package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.AnnouncedDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server's databases as an agent found them last.
 *
 * @param databasesInFlightMax the server's own limit
 * @param problem why the list could not be renewed
 * @param version of the server's programs, where the agent could ask
 * @param appendedAt when the broker wrote the record
 */
public record AnnouncedServer(
        String server,
        String instance,
        int databasesInFlightMax,
        List<AnnouncedDatabase> databases,
        Optional<String> problem,
        Optional<String> version,
        Instant appendedAt) {
    /** Copies the list. */
    public AnnouncedServer {
        databases = List.copyOf(databases);
    }
}
