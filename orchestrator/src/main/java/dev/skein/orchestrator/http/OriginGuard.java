package dev.skein.orchestrator.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;

/**
 * Refuses changes that a page of another site asks for: a browser on the machine reaches the
 * loopback address too, whatever page it shows. Programs send no origin and pass.
 */
final class OriginGuard implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        String host = context.request().getHeader(HttpHeaders.HOST);
        if (origin != null && !authority(origin).equalsIgnoreCase(host)) {
            throw HttpProblem.of(
                            ProblemCode.CROSS_ORIGIN,
                            "a page of %s may not ask this server for changes".formatted(origin))
                    .refused();
        }
        context.next();
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }
}
