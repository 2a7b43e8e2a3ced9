package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.Direction;

/**
 * One migration that an order would run in a database.
 *
 * @param migration its key
 * @param script its file
 * @param steps how many of its steps are left in that direction
 */
public record ForecastMove(String migration, String script, Direction direction, int steps) {}
