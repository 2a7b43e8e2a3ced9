package dev.skein.orchestrator.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;

/**
 * Refuses changes that a page of another site asks for: a browser on the machine reaches the
 * loopback address too, whatever page it shows. Programs send no origin and pass.
 */
final class OriginGuard implements Handler<RoutingContext> {
    private final Optional<String> advertised;

    /**
     * @param advertisedUrl where a proxy before this server answers, which may hide its name
     */
    OriginGuard(Optional<URI> advertisedUrl) {
        advertised = advertisedUrl.map(URI::getAuthority);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean changes = request.method() == HttpMethod.POST;
        if (changes && origin != null && !isOurs(authority(origin), request)) {
            throw HttpProblem.of(
                            HttpProblemCode.CROSS_ORIGIN,
                            "a page of %s may not ask this server for changes".formatted(origin))
                    .refused();
        }
        context.next();
    }

    private boolean isOurs(String authority, HttpServerRequest request) {
        return authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST))
                || advertised.filter(authority::equalsIgnoreCase).isPresent();
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
