package dev.skein.ops.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a test's thread wait for what other processes do. */
final class Waiting {
    private static final Duration PROBE = Duration.ofMillis(20);

    private Waiting() {}

    /** Waits until the condition holds; an {@link AssertionError} if it never does. */
    static void until(String what, Duration max, BooleanSupplier condition) {
        long deadline = System.nanoTime() + max.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in " + max.toSeconds() + " s it never came to: " + what);
            }
            pass(PROBE);
        }
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
