package dev.skein.orchestrator;

import dev.skein.orchestrator.runtime.FaultHandler;
import dev.skein.protocol.id.RolloutId;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The process around an orchestrator.
 *
 * @param registry what {@code /metrics} shows
 * @param clock this machine's; may be asked on any thread
 * @param rolloutIds fresh names for rollouts, each given once; may be asked on any thread
 * @param faults sees to it that the process stops
 */
public record OrchestratorHost(
        PrometheusMeterRegistry registry,
        Supplier<Instant> clock,
        Supplier<RolloutId> rolloutIds,
        FaultHandler faults) {
    /** With the machine's clock, and names such as {@code r-20260102-1504-7f3a}. */
    public static OrchestratorHost of(PrometheusMeterRegistry registry, FaultHandler faults) {
        Supplier<Instant> clock = InstantSource.system()::instant;
        return new OrchestratorHost(registry, clock, new RolloutIds(clock), faults);
    }
}
