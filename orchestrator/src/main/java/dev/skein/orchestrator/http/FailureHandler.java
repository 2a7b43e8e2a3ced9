package dev.skein.orchestrator.http;

import dev.skein.protocol.codec.MalformedJson;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.settings.SettingsInvalid;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each failure with a problem; an unexpected one is logged under an id. */
final class FailureHandler implements Handler<RoutingContext> {
    private static final Logger LOGGER = LoggerFactory.getLogger(FailureHandler.class);
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    @Override
    public void handle(RoutingContext context) {
        Throwable failure = context.failure();
        HttpProblem problem =
                expected(failure)
                        .or(() -> refusedByRouter(context))
                        .orElseGet(() -> unexpected(context, failure));
        Responses.problem(context, problem);
    }

    private static Optional<HttpProblem> expected(Throwable failure) {
        if (failure instanceof RequestRefused refused) {
            return Optional.of(refused.problem());
        }
        if (failure instanceof MalformedJson malformed) {
            return Optional.of(
                    HttpProblem.of(HttpProblemCode.MALFORMED_JSON, malformed.getMessage()));
        }
        if (failure instanceof SettingsInvalid invalid) {
            return Optional.of(invalid(invalid));
        }
        if (failure instanceof LogUnavailable unavailable) {
            return Optional.of(
                    HttpProblem.of(HttpProblemCode.UNAVAILABLE, unavailable.getMessage())
                            .retryable());
        }
        return Optional.empty();
    }

    private static HttpProblem invalid(SettingsInvalid invalid) {
        int count = invalid.problems().size();
        String detail =
                count == 1
                        ? invalid.getMessage()
                        : "the request body has " + count + " problems; nothing was done";
        return HttpProblem.of(HttpProblemCode.INVALID_REQUEST, detail).about(invalid.problems());
    }

    /** The router itself refuses addresses that it cannot decode, by status alone. */
    private static Optional<HttpProblem> refusedByRouter(RoutingContext context) {
        int status = context.statusCode();
        if (status < BAD_REQUEST || status >= SERVER_ERROR) {
            return Optional.empty();
        }
        String detail =
                "%s of this address was refused with status %d"
                        .formatted(context.request().method(), status);
        return Optional.of(
                HttpProblem.of(HttpProblemCode.INVALID_REQUEST, detail).withStatus(status));
    }

    private static HttpProblem unexpected(RoutingContext context, Throwable failure) {
        if (context.response().closed()) {
            LOGGER.atDebug().setCause(failure).log("caller hung up before the answer");
            return gone();
        }
        String id = "%08x".formatted(ThreadLocalRandom.current().nextInt());
        LOGGER.atError()
                .setCause(failure)
                .addKeyValue("error", id)
                .addKeyValue("method", context.request().method())
                .addKeyValue("path", context.request().path())
                .log("request failed unexpectedly");
        return HttpProblem.of(
                HttpProblemCode.INTERNAL_ERROR,
                "the orchestrator failed to answer; its log has the reason under error " + id);
    }

    /** Never sent: nobody is there to read it. */
    private static HttpProblem gone() {
        return HttpProblem.of(HttpProblemCode.INTERNAL_ERROR, "the caller hung up");
    }
}
