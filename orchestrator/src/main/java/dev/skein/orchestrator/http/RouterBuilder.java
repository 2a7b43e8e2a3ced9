package dev.skein.orchestrator.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a router of endpoints, with an answer for everything else that may be asked. */
final class RouterBuilder {
    private static final int NO_CONTENT = 204;

    private final Router router;
    private final BodyReader bodies;
    private final List<Handler<RoutingContext>> guards;

    private RouterBuilder(Router router, BodyReader bodies, List<Handler<RoutingContext>> guards) {
        this.router = router;
        this.bodies = bodies;
        this.guards = guards;
    }

    /**
     * @param guards what a request has to pass, in this order, unless its endpoint is open
     */
    static Router build(
            Vertx vertx,
            BodyReader bodies,
            List<Handler<RoutingContext>> guards,
            List<Endpoint> endpoints) {
        Router router = Router.router(vertx);
        router.route().handler(RouterBuilder::harden).failureHandler(new FailureHandler());
        RouterBuilder builder = new RouterBuilder(router, bodies, guards);
        endpoints.forEach(builder::add);
        builder.addOtherMethods(endpoints);
        router.route().handler(RouterBuilder::notFound);
        return router;
    }

    private static void harden(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        context.next();
    }

    private void add(Endpoint endpoint) {
        Route route = router.route(endpoint.path()).method(endpoint.method());
        if (endpoint.head()) {
            route.method(HttpMethod.HEAD);
        }
        if (!endpoint.open()) {
            guards.forEach(route::handler);
        }
        if (endpoint.bodyBytesMax() > 0) {
            route.handler(bodies.upTo(endpoint.bodyBytesMax()));
        }
        route.handler(endpoint.handler());
    }

    private void addOtherMethods(List<Endpoint> endpoints) {
        Map<String, List<String>> methods = new LinkedHashMap<>();
        for (Endpoint each : endpoints) {
            List<String> allowed = methods.computeIfAbsent(each.path(), path -> new ArrayList<>());
            allowed.add(each.method().name());
            if (each.head()) {
                allowed.add(HttpMethod.HEAD.name());
            }
        }
        methods.forEach(
                (path, allowed) ->
                        router.route(path).handler(otherMethods(String.join(", ", allowed))));
    }

    private static Handler<RoutingContext> otherMethods(String allowed) {
        return context -> {
            HttpMethod method = context.request().method();
            if (method == HttpMethod.OPTIONS) {
                context.response()
                        .setStatusCode(NO_CONTENT)
                        .putHeader(HttpHeaders.ALLOW, allowed + ", OPTIONS")
                        .end();
                return;
            }
            throw HttpProblem.of(
                            HttpProblemCode.METHOD_NOT_ALLOWED,
                            "%s cannot be asked of %s; it takes %s"
                                    .formatted(method, context.normalizedPath(), allowed))
                    .with("Allow", allowed + ", OPTIONS")
                    .refused();
        };
    }

    private static void notFound(RoutingContext context) {
        throw HttpProblem.of(
                        HttpProblemCode.NOT_FOUND,
                        "nothing is at %s; /openapi.yaml lists what there is"
                                .formatted(context.normalizedPath()))
                .refused();
    }
}
