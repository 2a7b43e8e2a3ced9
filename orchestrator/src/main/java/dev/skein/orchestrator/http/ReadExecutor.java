package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;

/**
 * Computes answers on worker threads, so that a large fleet never holds up the event loop. Confined
 * to its verticle's context, except for what it is asked to compute.
 */
final class ReadExecutor {
    private final Vertx vertx;
    private final int readsMax;
    private int underWay;

    ReadExecutor(Vertx vertx, int readsMax) {
        this.vertx = vertx;
        this.readsMax = readsMax;
    }

    /** Answers with status 200 and what is computed. */
    void answer(RoutingContext context, Callable<JsonNode> computation) {
        answer(context, Responses.OK, computation);
    }

    void answer(RoutingContext context, int status, Callable<JsonNode> computation) {
        compute(() -> Responses.render(computation.call()))
                .onSuccess(body -> Responses.json(context, status, body))
                .onFailure(context::fail);
    }

    /** Answers with status 200 and what is computed, which is not JSON. */
    void text(RoutingContext context, String contentType, Callable<String> computation) {
        compute(() -> Buffer.buffer(computation.call()))
                .onSuccess(body -> Responses.text(context, contentType, body))
                .onFailure(context::fail);
    }

    /**
     * Computes something.
     *
     * @return fails as the computation does, or with {@link RequestRefused} if too many are under
     *     way
     */
    <T> Future<T> compute(Callable<T> computation) {
        if (underWay >= readsMax) {
            return Future.failedFuture(tooBusy().refused());
        }
        underWay++;
        return vertx.executeBlocking(computation, false).onComplete(done -> underWay--);
    }

    private HttpProblem tooBusy() {
        return HttpProblem.of(
                        HttpProblemCode.TOO_BUSY,
                        "%d reads are being answered already; ask again in a moment"
                                .formatted(underWay))
                .retryable();
    }
}
