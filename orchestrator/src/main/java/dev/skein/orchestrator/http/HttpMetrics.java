package dev.skein.orchestrator.http;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the API counts.
 *
 * <ul>
 *   <li>{@code http.request.duration}, by {@code outcome}: {@code 2xx} to {@code 5xx}
 *   <li>{@code http.stream.duration}: event streams that are open, and for how long
 * </ul>
 */
final class HttpMetrics {
    private static final int HUNDRED = 100;

    private final MeterRegistry registry;

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** An event stream is open until this is stopped. */
    LongTaskTimer.Sample streamOpened() {
        return LongTaskTimer.builder("http.stream.duration").register(registry).start();
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void answered(Timer.Sample sample, HttpServerRequest request) {
        String outcome = request.response().getStatusCode() / HUNDRED + "xx";
        sample.stop(registry.timer("http.request.duration", "outcome", outcome));
    }
}
