package dev.skein.protocol.log;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;

/** A promise that any thread may complete; its future completes on the context that asked. */
final class ContextPromise<T> {
    private final Context context;
    private final Promise<T> promise = Promise.promise();

    private ContextPromise(Context context) {
        this.context = context;
    }

    /** A promise to the calling context. */
    static <T> ContextPromise<T> toCaller(Vertx vertx) {
        return new ContextPromise<>(vertx.getOrCreateContext());
    }

    Future<T> future() {
        return promise.future();
    }

    /** Only the first answer counts. */
    void succeed(T value) {
        enter(context, () -> promise.tryComplete(value));
    }

    /** Only the first answer counts. */
    void fail(Throwable failure) {
        enter(context, () -> promise.tryFail(failure));
    }

    /** Runs the action on the context; nothing runs there any more once Vert.x is closed. */
    static void enter(Context context, Runnable action) {
        try {
            context.runOnContext(ignored -> action.run());
        } catch (RejectedExecutionException closed) {
            // The process is ending: the caller that waited has ended with its event loop.
        }
    }
}
