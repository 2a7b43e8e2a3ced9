package dev.skein.orchestrator.fleet;

import java.time.Instant;

/**
 * The last sign of life of an agent, or its farewell.
 *
 * @param stopped whether it was a farewell
 * @param databasesInFlight orders being worked on
 * @param databasesWaiting orders that wait for a place on their server
 * @param appendedAt when the broker wrote the record
 */
public record LastHeartbeat(
        String instance,
        boolean stopped,
        int databasesInFlight,
        int databasesWaiting,
        Instant appendedAt) {}
