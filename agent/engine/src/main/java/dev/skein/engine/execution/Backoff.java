package dev.skein.engine.execution;

import java.time.Duration;

/**
 * The wait before another attempt: doubling from 100 ms to 10 s, half of it by chance.
 *
 * <p>The chance keeps databases that failed together from coming back together.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;
    private static final int DOUBLINGS_MAX = 7;

    private Backoff() {}

    /**
     * The wait after the attempt of that number, from 1.
     *
     * @param chance 0 to 1
     */
    static Duration after(int attempt, double chance) {
        int doublings = Math.min(attempt - 1, DOUBLINGS_MAX);
        long longest = Math.min(FIRST_MILLIS << doublings, LONGEST_MILLIS);
        return Duration.ofMillis(longest / 2 + Math.round(chance * longest / 2));
    }
}
