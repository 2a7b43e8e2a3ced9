package dev.skein.agent.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** How many reports wait, were sent, and had to be sent again. */
final class ReporterMetrics {
    private final Counter sent;
    private final Counter resent;

    ReporterMetrics(MeterRegistry registry, Collection<?> waiting) {
        Gauge.builder("agent.reports.waiting", waiting, Collection::size)
                .description("Reports that the log has not yet acknowledged")
                .register(registry);
        sent =
                Counter.builder("agent.reports.sent")
                        .description("Reports that the log has acknowledged")
                        .register(registry);
        resent =
                Counter.builder("agent.reports.resent")
                        .description("Appends that were not acknowledged and are sent again")
                        .register(registry);
    }

    void sent(int reports) {
        sent.increment(reports);
    }

    void resent() {
        resent.increment();
    }
}
