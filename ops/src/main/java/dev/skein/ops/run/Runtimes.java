package dev.skein.ops.run;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

/** What each process has one of. */
final class Runtimes {
    private Runtimes() {}

    static Vertx vertx(Parts parts, String owner) {
        Vertx vertx = Vertx.vertx();
        return parts.add(
                owner + "'s Vert.x", vertx, () -> Parts.awaitStop("Vert.x", vertx.close()));
    }

    /** The metrics of the process, those of its JVM counted in. */
    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        return registry;
    }
}
