package dev.skein.ops.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets a test's thread wait for what other processes do. */
final class Waiting {
    private static final Duration PROBE = Duration.ofMillis(20);

    private Waiting() {}

    /** Waits until the condition holds; an {@link AssertionError} if it never does. */
    static void until(String what, Duration max, BooleanSupplier condition) {
        until(() -> what, max, condition);
    }

    /** The same, saying how things stand at the end of the wait. */
    static void until(Supplier<String> what, Duration max, BooleanSupplier condition) {
        long deadline = System.nanoTime() + max.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "in " + max.toSeconds() + " s it never came to: " + what.get());
            }
            pass(PROBE);
        }
    }

    /** Waits until there is a value; an {@link AssertionError} if there never is. */
    static <T> T forValue(String what, Duration max, Supplier<Optional<T>> source) {
        AtomicReference<T> found = new AtomicReference<>();
        until(
                what,
                max,
                () -> {
                    source.get().ifPresent(found::set);
                    return found.get() != null;
                });
        return found.get();
    }

    /** Lets time pass: where a moment is drawn, or where the passing of time is the condition. */
    static void pass(Duration time) {
        try {
            new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
