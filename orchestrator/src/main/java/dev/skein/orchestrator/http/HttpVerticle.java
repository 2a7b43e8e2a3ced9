package dev.skein.orchestrator.http;

import dev.skein.orchestrator.config.HttpConfig;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the HTTP API. Holds no state of its own but caches; any number may be deployed.
 *
 * <p>Deploy it, then ask {@link #port()}. Its deployment fails if the address cannot be listened
 * on. It may answer before the log has been folded: {@code /health/ready} tells.
 */
public final class HttpVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpVerticle.class);
    private static final Pattern UNDECODABLE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int COMPRESSED_FROM_BYTES = 4096;
    private static final int IDLE_SECONDS_MAX = 120;

    private final HttpConfig config;
    private final HttpPorts ports;
    private final HttpLimits limits;
    private final HttpMetrics metrics;
    private volatile int port;
    private BodyReader bodies;

    /** Answers for the fleet behind the ports, at the configuration's address. */
    public HttpVerticle(HttpConfig config, HttpPorts ports) {
        this(config, ports, HttpLimits.of(config.bodyLimit()));
    }

    HttpVerticle(HttpConfig config, HttpPorts ports, HttpLimits limits) {
        this.config = config;
        this.ports = ports;
        this.limits = limits;
        this.metrics = new HttpMetrics(ports.registry());
    }

    /** The port it listens on, once deployed; else 0. May be called from any thread. */
    public int port() {
        return port;
    }

    /** Bytes of the bodies of requests under way. May be called from any thread. */
    Future<Long> bodyBytesHeld() {
        Promise<Long> held = Promise.promise();
        context.runOnContext(on -> held.complete(bodies.bytesHeld()));
        return held.future();
    }

    @Override
    public Future<?> start() {
        warnIfAnybodyMayAsk();
        return vertx.executeBlocking(HttpVerticle::readOpenApi).compose(this::listen);
    }

    private Future<HttpServer> listen(Buffer openApi) {
        EventResource events = new EventResource(vertx, ports, limits);
        events.start();
        bodies = new BodyReader(vertx, limits);
        Router router = RouterBuilder.build(vertx, bodies, guards(), endpoints(openApi, events));
        HttpServerOptions options =
                new HttpServerOptions()
                        .setCompressionSupported(true)
                        .setCompressionContentSizeThreshold(COMPRESSED_FROM_BYTES)
                        .setIdleTimeout(IDLE_SECONDS_MAX);
        return vertx.createHttpServer(options)
                .requestHandler(request -> handle(router, request))
                .connectionHandler(each -> each.exceptionHandler(HttpVerticle::brokenOff))
                .exceptionHandler(HttpVerticle::brokenOff)
                .listen(config.port(), config.host())
                .onSuccess(this::listening);
    }

    /** Callers hang up, and send what is no HTTP: that is their affair, and no failure here. */
    private static void brokenOff(Throwable cause) {
        LOGGER.atDebug()
                .addKeyValue("error", String.valueOf(cause.getMessage()))
                .log("connection broke off");
    }

    private void handle(Router router, HttpServerRequest request) {
        Timer.Sample sample = metrics.start();
        request.response().bodyEndHandler(ended -> metrics.answered(sample, request));
        if (UNDECODABLE.matcher(request.uri()).find()) {
            Responses.problem(request, undecodable());
        } else {
            router.handle(request);
        }
    }

    /** The router takes these for a failure of its own. */
    private static HttpProblem undecodable() {
        return HttpProblem.of(
                HttpProblemCode.INVALID_REQUEST,
                "the address cannot be decoded: a % is not followed by two hexadecimal digits");
    }

    private void listening(HttpServer server) {
        port = server.actualPort();
        LOGGER.atInfo()
                .addKeyValue("host", config.host())
                .addKeyValue("port", port)
                .log("HTTP API listens");
    }

    private List<Handler<RoutingContext>> guards() {
        return List.of(
                new HostGuard(config),
                new OriginGuard(config.advertisedUrl()),
                new TokenGuard(config.token()));
    }

    private static Buffer readOpenApi() throws IOException {
        return Buffer.buffer(OpenApi.read());
    }

    private void warnIfAnybodyMayAsk() {
        if (config.token().isEmpty() && !HostGuard.isLoopback(config.host())) {
            LOGGER.atWarn()
                    .addKeyValue("host", config.host())
                    .log("HTTP API asks for no token and listens beyond loopback");
        }
    }

    List<Endpoint> endpoints(Buffer openApi, EventResource events) {
        ReadExecutor reads = new ReadExecutor(vertx, limits.readsMax());
        Api api =
                new Api(
                        ports.fleet(),
                        reads,
                        new Lookups(ports.fleet()),
                        new Indexes(ports.fleet()));
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(new SystemResource(ports, reads, openApi).endpoints());
        endpoints.addAll(new PlanResource(api).endpoints(limits));
        endpoints.addAll(new RolloutListResource(api).endpoints());
        endpoints.addAll(new RolloutResource(api).endpoints(limits));
        endpoints.addAll(new TargetListResource(api).endpoints());
        endpoints.addAll(new DatabaseResource(api).endpoints());
        endpoints.addAll(new AgentResource(api).endpoints());
        endpoints.addAll(events.endpoints());
        return endpoints;
    }
}
