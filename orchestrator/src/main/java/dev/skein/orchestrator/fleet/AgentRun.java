package dev.skein.orchestrator.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The latest run of an agent's process, as its first record tells it.
 *
 * @param instance differs from run to run
 * @param servers those its configuration names; announcements of others are void
 * @param runners names of what carries out delegated steps beside it
 * @param appendedAt when the broker wrote the record
 */
public record AgentRun(
        String instance,
        List<String> servers,
        Duration heartbeatInterval,
        List<String> runners,
        Instant startedAt,
        Instant appendedAt) {
    /** Copies the list. */
    public AgentRun {
        servers = List.copyOf(servers);
        runners = List.copyOf(runners);
    }
}
