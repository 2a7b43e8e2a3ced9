package dev.skein.agent;

import dev.skein.agent.config.HttpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Answers health checks and serves the metrics; takes no commands. */
final class AgentHttp {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final BooleanSupplier ready;
    private final Supplier<String> scrape;

    AgentHttp(Vertx vertx, BooleanSupplier ready, Supplier<String> scrape) {
        this.server = vertx.createHttpServer();
        this.ready = ready;
        this.scrape = scrape;
    }

    /** Completes with the port; fails with the reason in words if it cannot listen there. */
    Future<Integer> start(HttpConfig config) {
        return server.requestHandler(this::answer)
                .listen(config.port(), config.host())
                .map(HttpServer::actualPort)
                .recover(failure -> notListening(config, failure));
    }

    private static Future<Integer> notListening(HttpConfig config, Throwable failure) {
        if (!(failure instanceof IOException)) {
            return Future.failedFuture(failure);
        }
        String message =
                "the HTTP API cannot listen on %s:%d: %s; give another http.host or http.port"
                        .formatted(config.host(), config.port(), failure.getMessage());
        return Future.failedFuture(new IllegalStateException(message, failure));
    }

    /** Never fails. */
    Future<Void> close() {
        return server.close().otherwiseEmpty();
    }

    private void answer(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            send(request, NOT_ALLOWED, JSON, "{\"status\":\"method not allowed\"}");
            return;
        }
        switch (request.path()) {
            case "/health/live" -> send(request, OK, JSON, "{\"status\":\"up\"}");
            case "/health/ready" -> answerReady(request);
            case "/metrics" -> send(request, OK, PROMETHEUS, scrape.get());
            default -> send(request, NOT_FOUND, JSON, "{\"status\":\"not found\"}");
        }
    }

    private void answerReady(HttpServerRequest request) {
        if (ready.getAsBoolean()) {
            send(request, OK, JSON, "{\"status\":\"ready\"}");
        } else {
            send(request, UNAVAILABLE, JSON, "{\"status\":\"reading the log\"}");
        }
    }

    private static void send(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }
}
