package dev.skein.engine.execution;

import java.time.Duration;

/**
 * The wait before another attempt at a step: doubling from 100 ms to 10 s, half of it by chance.
 */
final class Backoff {
    private static final dev.skein.protocol.Backoff STEPS =
            new dev.skein.protocol.Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private Backoff() {}

    /**
     * The wait after the attempt of that number, from 1.
     *
     * @param chance 0 to 1
     */
    static Duration after(int attempt, double chance) {
        return STEPS.after(attempt, chance);
    }
}
