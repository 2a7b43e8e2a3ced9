package dev.skein.ops.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock, and everything that is to happen, ordered by time, then by when planned. */
final class Agenda {
    static final long MILLI = 1_000;
    static final long SECOND = 1_000_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong(Task::at).thenComparingLong(Task::sequence));
    private long micros;
    private long planned;

    private record Task(long at, long sequence, Life life, Runnable action) {}

    Instant now() {
        return START.plus(micros, ChronoUnit.MICROS);
    }

    long micros() {
        return micros;
    }

    void in(long delayMicros, Life life, Runnable action) {
        tasks.add(new Task(micros + Math.max(0, delayMicros), planned++, life, action));
    }

    void in(Duration delay, Life life, Runnable action) {
        in(delay.toNanos() / 1_000, life, action);
    }

    /**
     * Lets the next thing happen.
     *
     * @return whether anything did
     */
    boolean step() {
        Task next = tasks.poll();
        while (next != null && next.life().isOver()) {
            next = tasks.poll();
        }
        if (next == null) {
            return false;
        }
        micros = next.at();
        next.action().run();
        return true;
    }
}
