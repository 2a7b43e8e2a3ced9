package dev.skein.ops.system;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets a test's thread wait for what must come, never longer than a minute. */
final class Until {
    private static final Duration MAX = Duration.ofSeconds(120);
    private static final Duration PROBE = Duration.ofMillis(20);

    private Until() {}

    /** Reads again and again until it is as wanted; the failure shows what was read last. */
    static <T> T reached(String what, Supplier<T> read, Predicate<T> wanted) {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + MAX.toNanos();
        T last = read.get();
        while (!wanted.test(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "in " + MAX + " it never came to: " + what + "; it reads: " + last);
            }
            try {
                never.await(PROBE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted before: " + what, e);
            }
            last = read.get();
        }
        return last;
    }
}
