package dev.skein.orchestrator.http;

import dev.skein.orchestrator.config.HttpConfig;
import io.vertx.core.Handler;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * On loopback without a token, refuses requests to any other name than this machine's own or the
 * advertised one: a page of another site can have its own name lead here, and its requests then
 * come as if from this server's own pages.
 */
final class HostGuard implements Handler<RoutingContext> {
    private final boolean active;
    private final Optional<String> advertised;

    HostGuard(HttpConfig config) {
        active = config.token().isEmpty() && isLoopback(config.host());
        advertised = config.advertisedUrl().map(URI::getHost);
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public void handle(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        if (active && (authority == null || !isOurs(authority.host()))) {
            throw HttpProblem.of(
                            HttpProblemCode.UNKNOWN_HOST,
                            "this server is not known as %s; configure that as http.advertised-url,"
                                            .formatted(
                                                    authority == null
                                                            ? "nothing"
                                                            : authority.host())
                                    + " or a token")
                    .refused();
        }
        context.next();
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return isLoopback(name) || advertised.filter(name::equalsIgnoreCase).isPresent();
    }
}
