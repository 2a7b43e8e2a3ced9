package dev.skein.protocol;

import java.time.Duration;

/**
 * How long to wait before another attempt: the wait doubles from the first to the longest.
 * Durations are counted in whole milliseconds.
 *
 * @param first the wait after the first attempt
 * @param longest the longest wait
 */
public record Backoff(Duration first, Duration longest) {
    /** More doublings than any wait needs, and few enough not to overflow. */
    private static final int DOUBLINGS_MAX = 20;

    /** Checks that the wait is above nothing and does not shrink. */
    public Backoff {
        if (first.toMillis() <= 0 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a wait of " + first + " that grows to " + longest + " is no back-off");
        }
    }

    /** Always the same wait. */
    public static Backoff constant(Duration wait) {
        return new Backoff(wait, wait);
    }

    /** The wait after the attempt of that number, from 1. */
    public Duration after(int attempt) {
        int doublings = Math.min(attempt - 1, DOUBLINGS_MAX);
        Duration doubled = first.multipliedBy(1L << doublings);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /**
     * The wait after the attempt of that number, half of it by chance, so that what failed together
     * does not come back together.
     *
     * @param attempt from 1
     * @param chance 0 to 1
     */
    public Duration after(int attempt, double chance) {
        long millis = after(attempt).toMillis();
        return Duration.ofMillis(millis / 2 + Math.round(chance * millis / 2));
    }
}
