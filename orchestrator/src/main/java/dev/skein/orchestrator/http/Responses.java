package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.codec.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Ends requests. */
final class Responses {
    static final int OK = 200;
    static final int CREATED = 201;

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private Responses() {}

    static Buffer render(JsonNode json) {
        return Buffer.buffer(Json.write(json));
    }

    static void json(RoutingContext context, int status, Buffer body) {
        send(context.request(), status, JSON, body);
    }

    static void text(RoutingContext context, String contentType, Buffer body) {
        send(context.request(), OK, contentType, body);
    }

    static void problem(RoutingContext context, HttpProblem problem) {
        problem(context.request(), problem);
    }

    /** What was already begun cannot be turned into a problem: it is cut off. */
    static void problem(HttpServerRequest request, HttpProblem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        problem.headers().forEach(response::putHeader);
        send(request, problem.status(), PROBLEM, render(problem.toJson()));
    }

    private static void send(HttpServerRequest request, int status, String type, Buffer body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
        } else {
            response.end(body);
        }
    }
}
