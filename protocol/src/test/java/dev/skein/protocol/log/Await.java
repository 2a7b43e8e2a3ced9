package dev.skein.protocol.log;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Lets a test's own thread wait, never longer than a minute. */
public final class Await {
    private static final Duration MAX = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofMillis(10);

    private Await() {}

    /** The future's value; an {@link AssertionError} if it fails. */
    public static <T> T value(Future<T> future) {
        try {
            return result(future);
        } catch (ExecutionException e) {
            throw new AssertionError("the future failed: " + e.getCause(), e.getCause());
        }
    }

    /** The future's failure; an {@link AssertionError} if it has a value. */
    public static Throwable failure(Future<?> future) {
        try {
            throw new AssertionError("the future has the value " + result(future));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** The future itself, once it is complete. */
    public static <T> Future<T> outcome(Future<T> future) {
        until("the future completes", future::isComplete);
        return future;
    }

    private static <T> T result(Future<T> future) throws ExecutionException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the future did not complete in " + MAX, e);
        }
    }

    /** Waits until the condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in " + MAX + " it never came to this: " + what);
            }
            try {
                never.await(PROBE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted before " + what, e);
            }
        }
    }
}
