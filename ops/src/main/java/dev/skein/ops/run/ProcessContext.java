package dev.skein.ops.run;

import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.LogRefused;
import dev.skein.protocol.log.LogUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

/**
 * What all parts of a process share: one Vert.x, one metrics registry, one log.
 *
 * @param registry the metrics of the process, those of its JVM counted in
 */
record ProcessContext(Vertx vertx, PrometheusMeterRegistry registry, KafkaEventLog log) {
    /**
     * Opens the log, and waits for it.
     *
     * @throws RuntimeException if Kafka does not answer, or refuses this process
     */
    static ProcessContext open(Lifecycle lifecycle, LogConfig config) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        Vertx vertx = Vertx.vertx();
        lifecycle.add("Vert.x", vertx, () -> Lifecycle.awaitStop("Vert.x", vertx.close()));
        KafkaEventLog log = connect(vertx, config, registry);
        lifecycle.add("log", log, () -> Lifecycle.awaitStop("the log", log.close()));
        return new ProcessContext(vertx, registry, log);
    }

    private static KafkaEventLog connect(Vertx vertx, LogConfig config, MeterRegistry registry) {
        String what = "connecting to Kafka at " + config.bootstrapServers();
        try {
            return Lifecycle.await(what, KafkaEventLog.open(vertx, config, registry));
        } catch (LogUnavailable unavailable) {
            throw new IllegalStateException(
                    what
                            + " failed: "
                            + unavailable.getMessage()
                            + ". Check kafka.bootstrap-servers, and that a broker runs there",
                    unavailable);
        } catch (LogRefused refused) {
            throw new IllegalStateException(what + ": " + refused.getMessage(), refused);
        }
    }
}
