package dev.skein.orchestrator.http;

import dev.skein.protocol.Sha256;
import dev.skein.protocol.settings.Secret;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Lets requests pass that show the configured token; all of them where none is configured.
 *
 * <p>Digests are compared, in constant time: neither the token's length nor how much of a guess was
 * right can be told from the time it takes.
 */
final class TokenGuard implements Handler<RoutingContext> {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> expected;

    TokenGuard(Optional<Secret> token) {
        this.expected = token.map(each -> Sha256.of(each.reveal()));
    }

    @Override
    public void handle(RoutingContext context) {
        if (expected.isPresent()) {
            String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
            check(expected.get(), Optional.ofNullable(header));
        }
        context.next();
    }

    private static void check(byte[] wanted, Optional<String> header) {
        if (header.isEmpty()) {
            throw unauthorized(
                    "this server asks for a token; send Authorization: Bearer TOKEN", "");
        }
        if (!MessageDigest.isEqual(wanted, Sha256.of(tokenIn(header.get())))) {
            throw unauthorized(
                    "the token sent is not the one this server asks for",
                    ", error=\"invalid_token\"");
        }
    }

    private static String tokenIn(String header) {
        boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return bearer ? header.substring(SCHEME.length()).strip() : "";
    }

    private static RequestRefused unauthorized(String detail, String error) {
        return HttpProblem.of(HttpProblemCode.UNAUTHORIZED, detail)
                .with("WWW-Authenticate", "Bearer realm=\"skein\"" + error)
                .refused();
    }
}
