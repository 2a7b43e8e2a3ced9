package dev.skein.agent.order;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepSucceeded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** How many orders wait and run, how they end, and how long steps take. */
final class OrderMetrics {
    private final MeterRegistry registry;

    OrderMetrics(MeterRegistry registry, OrderScheduler scheduler) {
        this.registry = registry;
        Gauge.builder("agent.orders.inflight", scheduler, OrderScheduler::inFlight)
                .description("Orders being carried out")
                .register(registry);
        Gauge.builder("agent.orders.waiting", scheduler, OrderScheduler::waiting)
                .description("Orders that wait for a free slot of their server")
                .register(registry);
    }

    void reported(StepEvent event) {
        if (event instanceof StepSucceeded step) {
            Timer.builder("agent.step.duration")
                    .description("Last attempts of steps that succeeded")
                    .tag("outcome", step.outcome().label())
                    .register(registry)
                    .record(step.elapsed());
        }
    }

    void ended(ExecutionEnd end) {
        Counter.builder("agent.walks.ended")
                .description("Executions of orders, by how they ended")
                .tag("outcome", label(end))
                .register(registry)
                .increment();
    }

    static String label(ExecutionEnd end) {
        return switch (end) {
            case FINISHED -> "finished";
            case UNRECORDED -> "unrecorded";
            case UNREACHED -> "unreached";
            case IN_DOUBT -> "in-doubt";
            case PAUSED -> "paused";
            case STOPPED -> "stopped";
            case SUPERSEDED -> "superseded";
        };
    }
}
