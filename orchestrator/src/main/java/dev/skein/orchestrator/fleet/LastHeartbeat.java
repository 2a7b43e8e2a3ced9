package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.RunUnderWay;
import java.time.Instant;
import java.util.List;

/**
 * The last sign of life of an agent, or its farewell.
 *
 * @param stopped whether it was a farewell
 * @param databasesInFlight orders being worked on
 * @param databasesWaiting orders that wait for a place on their server
 * @param runs programs that carried out delegated steps then
 * @param appendedAt when the broker wrote the record
 */
public record LastHeartbeat(
        String instance,
        boolean stopped,
        int databasesInFlight,
        int databasesWaiting,
        List<RunUnderWay> runs,
        Instant appendedAt) {
    /** Copies the list. */
    public LastHeartbeat {
        runs = List.copyOf(runs);
    }
}
