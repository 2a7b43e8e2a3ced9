package dev.skein.orchestrator.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads bodies of requests into memory, within bounds: each body has its limit, all of them
 * together have one, and one that stops coming is given up. Confined to its verticle's context.
 */
final class BodyReader {
    private final Vertx vertx;
    private final HttpLimits limits;
    private long bytesHeld;

    BodyReader(Vertx vertx, HttpLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    /** Lets a request go on once its body is here; {@link Bodies#bytes} has it then. */
    Handler<RoutingContext> upTo(long bytesMax) {
        return context -> read(context, bytesMax);
    }

    private void read(RoutingContext context, long bytesMax) {
        HttpServerRequest request = context.request();
        long announced = announced(request);
        BodyBeingRead body = new BodyBeingRead(this, context, bytesMax);
        // Memory is taken as the body comes: an announcement alone keeps nobody else out.
        if (!body.mayHave(announced)) {
            return;
        }
        String expectation = request.getHeader(HttpHeaders.EXPECT);
        if ("100-continue".equalsIgnoreCase(expectation)
                && request.version() != HttpVersion.HTTP_1_0) {
            request.response().writeContinue();
        }
        body.waitFor(vertx, limits.bodyWait());
        request.handler(body::chunk)
                .endHandler(ended -> body.complete())
                .exceptionHandler(body::brokenOff)
                .resume();
    }

    /** The length that the head names; -1 where it names none. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    /** Takes memory for a body, unless the bodies under way have all that there is. */
    boolean take(long bytes) {
        if (bytesHeld + bytes > limits.allBodiesBytesMax()) {
            return false;
        }
        bytesHeld += bytes;
        return true;
    }

    void giveBack(long bytes) {
        bytesHeld -= bytes;
    }

    /** How much the bodies of requests under way take. */
    long bytesHeld() {
        return bytesHeld;
    }

    HttpProblem tooBusy() {
        return HttpProblem.of(
                        HttpProblemCode.TOO_BUSY,
                        "bodies of %d bytes are being taken already, of %d at most; ask again in a"
                                        .formatted(bytesHeld, limits.allBodiesBytesMax())
                                + " moment")
                .retryable();
    }
}
