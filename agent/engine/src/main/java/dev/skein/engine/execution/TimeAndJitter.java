package dev.skein.engine.execution;

import java.time.Instant;

/**
 * What an execution gets from outside, so that it stays a pure function: the time of an event, and
 * the jitter of the wait that may follow on it.
 *
 * @param jitter evenly spread over 0 (inclusive) to 1 (exclusive)
 */
public record TimeAndJitter(Instant now, double jitter) {}
