package dev.skein.protocol.strategy;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits each step runs under.
 *
 * @param lockTimeout how long a statement may wait for a lock; 2 s by default
 * @param statementTimeout how long one statement may run; unlimited where absent
 * @param pauseBetweenSteps waited after each step of a database; zero by default
 * @param attempts how often a step is tried when it fails for a passing reason; 1 to 1000, 10 by
 *     default
 * @param retryFor for how long a step is tried again after its first failure, where there is such a
 *     limit beside the number of attempts
 * @param onNewer what happens where a database is ahead of the plan; what its framework does where
 *     absent
 */
public record StepLimits(
        Duration lockTimeout,
        Optional<Duration> statementTimeout,
        Duration pauseBetweenSteps,
        int attempts,
        Optional<Duration> retryFor,
        Optional<OnNewer> onNewer) {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 10;
    private static final int ATTEMPTS_MAX = 1000;

    /**
     * @throws IllegalArgumentException if a duration is negative, the lock timeout is zero, or
     *     attempts is out of range
     */
    public StepLimits {
        requirePositive("lock-timeout", lockTimeout);
        retryFor.ifPresent(limit -> requirePositive("retry-for", limit));
        statementTimeout.ifPresent(timeout -> requirePositive("statement-timeout", timeout));
        if (pauseBetweenSteps.isNegative()) {
            throw new IllegalArgumentException(
                    "pause-between-steps " + pauseBetweenSteps + " is negative");
        }
        if (attempts < 1 || attempts > ATTEMPTS_MAX) {
            throw new IllegalArgumentException(
                    "attempts " + attempts + " is not 1 to " + ATTEMPTS_MAX);
        }
    }

    /** Limits without one on the time of retries, and a framework's own way with newer versions. */
    public StepLimits(
            Duration lockTimeout,
            Optional<Duration> statementTimeout,
            Duration pauseBetweenSteps,
            int attempts) {
        this(
                lockTimeout,
                statementTimeout,
                pauseBetweenSteps,
                attempts,
                Optional.empty(),
                Optional.empty());
    }

    /** Two seconds for a lock, no limit for a statement, no pause, ten attempts. */
    public static StepLimits defaults() {
        return new StepLimits(LOCK_TIMEOUT, Optional.empty(), Duration.ZERO, ATTEMPTS);
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " " + value + " is not positive");
        }
    }
}
