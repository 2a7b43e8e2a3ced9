package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The last failure of an order.
 *
 * @param step the step that failed; absent if none had begun
 * @param attempt the one that failed, from 1; 0 where attempts are not counted
 * @param attemptsMax after which the step fails for good; 0 where there is no limit
 * @param retryIn the wait before the next attempt; zero where there is none
 */
public record OrderFailure(
        StepFailure failure,
        Optional<StepRef> step,
        int attempt,
        int attemptsMax,
        Duration retryIn,
        Instant at) {}
