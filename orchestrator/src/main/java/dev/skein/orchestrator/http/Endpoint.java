package dev.skein.orchestrator.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One method of one address.
 *
 * @param path as the router writes it, with {@code :name} for parameters
 * @param head whether it answers HEAD too
 * @param open whether it answers without a token
 * @param bodyBytesMax the largest body it takes; 0 for none
 */
record Endpoint(
        HttpMethod method,
        String path,
        boolean head,
        boolean open,
        long bodyBytesMax,
        Handler<RoutingContext> handler) {
    static Endpoint get(String path, Handler<RoutingContext> handler) {
        return new Endpoint(HttpMethod.GET, path, true, false, 0, handler);
    }

    static Endpoint openGet(String path, Handler<RoutingContext> handler) {
        return new Endpoint(HttpMethod.GET, path, true, true, 0, handler);
    }

    /** An answer without an end has no head to be asked for by itself. */
    static Endpoint stream(String path, Handler<RoutingContext> handler) {
        return new Endpoint(HttpMethod.GET, path, false, false, 0, handler);
    }

    static Endpoint post(String path, long bodyBytesMax, Handler<RoutingContext> handler) {
        return new Endpoint(HttpMethod.POST, path, false, false, bodyBytesMax, handler);
    }
}
