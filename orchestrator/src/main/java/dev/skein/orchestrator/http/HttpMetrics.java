package dev.skein.orchestrator.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.IntSupplier;

/**
 * What the API counts.
 *
 * <ul>
 *   <li>{@code http.request.duration}, by {@code outcome}: {@code 2xx} to {@code 5xx}
 *   <li>{@code http.stream.open}: event streams that are open
 * </ul>
 */
final class HttpMetrics {
    private static final int HUNDRED = 100;

    private final MeterRegistry registry;

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how many event streams are open from now on. */
    void watch(IntSupplier streams) {
        registry.gauge("http.stream.open", streams, IntSupplier::getAsInt);
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void answered(Timer.Sample sample, HttpServerRequest request) {
        String outcome = request.response().getStatusCode() / HUNDRED + "xx";
        sample.stop(registry.timer("http.request.duration", "outcome", outcome));
    }
}
