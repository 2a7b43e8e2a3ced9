package dev.skein.engine.runner;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.strategy.StepLimits;

/**
 * What a runner is asked to do.
 *
 * @param applicationName by which the run's sessions are found in {@code pg_stat_activity}
 * @param limits of the order; they hold for the run's sessions as far as its driver lets them
 */
public record RunRequest(
        DelegatedStep step,
        Direction direction,
        DatabaseId database,
        String applicationName,
        StepLimits limits) {}
