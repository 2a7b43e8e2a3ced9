package dev.skein.ops.run;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running process, in the order in which they were started. Used by the thread that
 * starts the process; {@link #close()} may be called by any, once or more.
 */
public final class Parts implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Parts.class);
    private static final long START_SECONDS_MAX = 120;
    private static final long STOP_SECONDS_MAX = 60;

    private final Deque<Part> started = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    /** Adds a part that has started. */
    public synchronized <P> P add(String name, P part, AutoCloseable stop) {
        started.push(new Part(name, stop));
        return part;
    }

    /**
     * Waits for a part that starts asynchronously.
     *
     * @throws RuntimeException with the part's own failure, or naming the part that did not start
     *     within two minutes
     */
    public static <T> T await(String what, Future<T> future) {
        return await(what, future, START_SECONDS_MAX);
    }

    /** Stops a part that stops asynchronously, as a closable; gives up after a minute. */
    public static void awaitStop(String what, Future<?> future) {
        await("stopping " + what, future, STOP_SECONDS_MAX);
    }

    private static <T> T await(String what, Future<T> future, long secondsMax) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(secondsMax, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof TimeoutException) {
                throw new IllegalStateException(
                        what + " did not finish within " + secondsMax + " s", failure.getCause());
            }
            if (failure.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw failure;
        }
    }

    /** Ends the process's parts when it is told to end, and waits until that has happened. */
    public void untilTold() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "skein-shutdown"));
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.stop.close();
            } catch (Exception failure) {
                LOGGER.atWarn()
                        .addKeyValue("part", part.name)
                        .addKeyValue("error", String.valueOf(failure.getMessage()))
                        .log("part did not stop cleanly");
            }
        }
        closed.countDown();
    }

    /** A part and how it is stopped. */
    private record Part(String name, AutoCloseable stop) {}
}
