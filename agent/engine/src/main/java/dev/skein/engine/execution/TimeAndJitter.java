package dev.skein.engine.execution;

import java.time.Instant;

/**
 * The clock and the dice at one reply.
 *
 * @param chance evenly spread over 0 (inclusive) to 1 (exclusive)
 */
public record TimeAndJitter(Instant now, double chance) {}
