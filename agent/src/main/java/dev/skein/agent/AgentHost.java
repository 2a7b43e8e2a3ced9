package dev.skein.agent;

import dev.skein.agent.order.FaultHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * What the process that runs an agent gives it.
 *
 * @param registry where its metrics are
 * @param scrape all metrics of the process, in the text format of Prometheus
 * @param faults told of faults; stops the process
 */
public record AgentHost(MeterRegistry registry, Supplier<String> scrape, FaultHandler faults) {}
