package dev.skein.orchestrator.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The one context on which the live state is read and changed. */
final class OwnerContext {
    private final Vertx vertx;
    private final Context context;

    OwnerContext(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    /** Runs the call on the owner's context and completes on the caller's. */
    <T> Future<T> call(Supplier<Future<T>> call) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> answer = Promise.promise();
        context.runOnContext(
                ignored ->
                        call.get()
                                .onComplete(
                                        done -> caller.runOnContext(back -> answer.handle(done))));
        return answer.future();
    }

    /** Runs what takes long on a worker thread and completes on the caller's context. */
    <T> Future<T> compute(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    /**
     * @throws IllegalStateException if called elsewhere
     */
    void require() {
        if (Vertx.currentContext() != context) {
            throw new IllegalStateException(
                    "the fleet's live state was touched by a foreign context");
        }
    }
}
