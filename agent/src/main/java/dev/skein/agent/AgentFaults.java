package dev.skein.agent;

import dev.skein.agent.order.FaultHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts a fault, then leaves it to the process to stop. */
final class AgentFaults implements FaultHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(AgentFaults.class);

    private final Counter counter;
    private final FaultHandler process;

    AgentFaults(MeterRegistry registry, FaultHandler process) {
        this.counter =
                Counter.builder("agent.faults")
                        .description("Events that can never be; the process stops at the first")
                        .register(registry);
        this.process = process;
    }

    @Override
    public void fault(String attempted, Throwable cause) {
        counter.increment();
        LOGGER.atError()
                .addKeyValue("error", cause.getMessage())
                .setCause(cause)
                .log("Agent stops at a fault while {}", attempted);
        process.fault(attempted, cause);
    }
}
