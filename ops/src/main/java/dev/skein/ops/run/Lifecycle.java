package dev.skein.ops.run;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running process, in the order in which they were started. Used by the thread that
 * starts the process; {@link #close()} may be called by any, once or more, also while a part
 * starts.
 */
public final class Lifecycle implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Lifecycle.class);
    private static final long START_SECONDS_MAX = 120;
    private static final long STOP_SECONDS_MAX = 60;

    private final Deque<Part> started = new ArrayDeque<>();
    private final Object starting = new Object();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endAsTold, "skein-shutdown");
    private boolean closing;
    private volatile boolean told;

    /** Parts that are also closed when the process is told to end, at any time. */
    public static Lifecycle ofProcess() {
        Lifecycle lifecycle = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(lifecycle.hook);
        return lifecycle;
    }

    /**
     * Starts a part that must not outlive the process. If the process is told to end meanwhile, it
     * waits for the part and stops it.
     *
     * @throws IllegalStateException if all is closed already
     */
    public <P extends AutoCloseable> P start(String name, Supplier<P> start) {
        synchronized (starting) {
            if (isClosing()) {
                throw ended(name);
            }
            P part = start.get();
            return add(name, part, part);
        }
    }

    /**
     * Adds a part that has started.
     *
     * @throws IllegalStateException if all is closed already; the part is stopped then
     */
    public <P> P add(String name, P part, AutoCloseable stop) {
        Part added = new Part(name, stop);
        synchronized (started) {
            if (!closing || Thread.holdsLock(starting)) {
                started.push(added);
                return part;
            }
        }
        added.end();
        throw ended(name);
    }

    private boolean isClosing() {
        synchronized (started) {
            return closing;
        }
    }

    private static IllegalStateException ended(String name) {
        return new IllegalStateException(name + " is not needed any more: the process ends");
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

    private void endAsTold() {
        told = true;
        close();
    }

    /** Whether the process was told to end; what fails after that is no failure. */
    public boolean wereToldToEnd() {
        return told;
    }

    /** Waits until all is closed. */
    public void untilTold() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            if (closing) {
                return;
            }
            closing = true;
        }
        synchronized (starting) {
            for (Optional<Part> part = last(); part.isPresent(); part = last()) {
                part.get().end();
            }
        }
        closed.countDown();
        forgetHook();
    }

    private Optional<Part> last() {
        synchronized (started) {
            return Optional.ofNullable(started.poll());
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException already) {
            LOGGER.atTrace().log("the process ends already");
        }
    }

    /** A part and how it is stopped. */
    private record Part(String name, AutoCloseable stop) {
        void end() {
            try {
                stop.close();
            } catch (Exception failure) {
                LOGGER.atWarn()
                        .addKeyValue("part", name)
                        .addKeyValue("error", String.valueOf(failure.getMessage()))
                        .log("part did not stop cleanly");
            }
        }
    }
}
