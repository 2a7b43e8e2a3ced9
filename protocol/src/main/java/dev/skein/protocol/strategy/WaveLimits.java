package dev.skein.protocol.strategy;

import java.time.Duration;
import java.util.Optional;

/**
 * What bounds a wave while it runs.
 *
 * @param maxInFlight databases with an order not yet finished, at least 1
 * @param failureBudget failed databases the wave may have and still pass
 * @param deadline from the wave's start; a database not done by then counts as failed
 * @param onFailure what happens when the budget is exceeded
 */
public record WaveLimits(
        int maxInFlight,
        FailureBudget failureBudget,
        Optional<Duration> deadline,
        OnFailure onFailure) {
    /**
     * @throws IllegalArgumentException if maxInFlight is below 1 or the deadline is not positive
     */
    public WaveLimits {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("max-in-flight " + maxInFlight + " is below 1");
        }
        if (deadline.isPresent() && (deadline.get().isNegative() || deadline.get().isZero())) {
            throw new IllegalArgumentException("deadline " + deadline.get() + " is not positive");
        }
    }
}
