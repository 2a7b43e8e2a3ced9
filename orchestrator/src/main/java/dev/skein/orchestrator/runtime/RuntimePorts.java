package dev.skein.orchestrator.runtime;

import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What an orchestrator needs of its process.
 *
 * @param log where everything is written and read; stays the caller's to close
 * @param clock this machine's; what is decided goes by the brokers'
 * @param rolloutIds fresh names for rollouts, each given once
 * @param faults told of what can never be
 */
public record RuntimePorts(
        EventLog log,
        MeterRegistry registry,
        Supplier<Instant> clock,
        Supplier<RolloutId> rolloutIds,
        FaultHandler faults) {}
