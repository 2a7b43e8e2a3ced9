package dev.skein.orchestrator.http;

import dev.skein.orchestrator.runtime.FleetService;
import io.micrometer.core.instrument.LongTaskTimer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The log as it grows, as server-sent events. Confined to its verticle's context. */
final class EventResource {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Vertx vertx;
    private final FleetService fleet;
    private final HttpLimits limits;
    private final HttpMetrics metrics;
    private final EventFrames frames = new EventFrames();
    private final Map<EventStream, LongTaskTimer.Sample> streams = new LinkedHashMap<>();

    EventResource(Vertx vertx, HttpPorts ports, HttpLimits limits) {
        this.vertx = vertx;
        this.fleet = ports.fleet();
        this.metrics = new HttpMetrics(ports.registry());
        this.limits = limits;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.stream(Api.BASE + "/events", this::follow));
    }

    /** Begins to send heartbeats, for as long as the verticle lives. */
    void start() {
        vertx.setPeriodic(
                limits.heartbeat().toMillis(),
                timer -> streams.keySet().forEach(EventStream::beat));
    }

    private void follow(RoutingContext context) {
        EventFilter filter =
                EventFilter.of(
                        QueryParameters.of(context, EventFilter.ROLLOUT, EventFilter.DATABASE));
        Optional<OptionalLong> resumed =
                Optional.ofNullable(context.request().getHeader(LAST_EVENT_ID))
                        .filter(each -> !each.isBlank())
                        .map(this::after);
        if (streams.size() >= limits.streamsMax()) {
            throw tooMany().refused();
        }
        EventStream stream = open(context);
        resumed.ifPresentOrElse(
                next -> stream.followFrom(filter, next), () -> stream.followNew(filter));
    }

    private OptionalLong after(String position) {
        try {
            return fleet.tail().after(Positions.parse(position));
        } catch (IllegalArgumentException noPosition) {
            throw HttpProblem.of(
                            HttpProblemCode.INVALID_PARAMETER,
                            "header " + LAST_EVENT_ID + ": " + noPosition.getMessage())
                    .refused();
        }
    }

    private HttpProblem tooMany() {
        return HttpProblem.of(
                        HttpProblemCode.TOO_BUSY,
                        "%d event streams are open, as many as are allowed; close one first"
                                .formatted(streams.size()))
                .retryable();
    }

    private EventStream open(RoutingContext context) {
        HttpServerResponse response = context.response();
        EventStream stream =
                new EventStream(fleet.tail(), frames, vertx.getOrCreateContext(), response);
        streams.put(stream, metrics.streamOpened());
        response.closeHandler(closed -> end(stream)).exceptionHandler(failed -> end(stream));
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                // Compressed, an event would wait in the compressor for the next one.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader("X-Accel-Buffering", "no")
                .write(EventFrames.BEGIN);
        return stream;
    }

    private void end(EventStream stream) {
        LongTaskTimer.Sample open = streams.remove(stream);
        if (open != null) {
            open.stop();
            stream.close();
        }
    }
}
