package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time by the brokers' clock, as far as it can be told from the records that were read: how
 * long an agent is silent, a wave soaks or a deadline runs is measured on this one clock, however
 * wrong this machine's own is.
 *
 * <ol>
 *   <li>A record says what the brokers' clock showed when it was written, and it was written before
 *       it is read. So the clock is at least that far now, and from there on goes as this process's
 *       monotonic clock does.
 *   <li>Of the records of the last minute or so the one that came fastest is believed, so that a
 *       slow read makes nobody silent and a broker's clock that is set right is followed.
 *   <li>Only the agents' topic counts once one of its records came live. It has one partition, and
 *       brokers' clocks may differ.
 *   <li>Records that were there when the process started say nothing about how late it is. Until a
 *       live one comes, the later of their time and this machine's is taken: what was folded from
 *       the log does not count as just heard.
 * </ol>
 *
 * <p>Records are heard on the owner's context; the time may be asked for on any thread.
 */
final class LogTime {
    /** Both clocks are set by NTP to well below this where anything is. */
    static final Duration DIFFERENCE_MAX = Duration.ofSeconds(5);

    private static final long WINDOW_MILLIS = 30_000;

    private final LongSupplier monotonicMillis;
    private final Supplier<Instant> machine;

    /** The brokers' time when the monotonic clock showed 0; of the records before the start. */
    private long past = Long.MIN_VALUE;

    private long windowFrom;
    private long current = Long.MIN_VALUE;
    private long previous = Long.MIN_VALUE;
    private boolean heardAgents;

    /** What is shown to other threads. */
    private volatile Estimate estimate = new Estimate(Long.MIN_VALUE, false);

    /**
     * @param offset the brokers' time when the monotonic clock showed 0
     * @param live whether a record that came live says so
     */
    private record Estimate(long offset, boolean live) {}

    /**
     * @param monotonicMillis from an arbitrary point
     * @param machine this machine's clock
     */
    LogTime(LongSupplier monotonicMillis, Supplier<Instant> machine) {
        this.monotonicMillis = monotonicMillis;
        this.machine = machine;
    }

    /**
     * A batch has just been read.
     *
     * @param live whether it came after all that was there when the process started
     */
    void heard(List<LogRecord> batch, boolean live) {
        long now = monotonicMillis.getAsLong();
        for (LogRecord record : batch) {
            long sample = record.appendedAt().toEpochMilli() - now;
            if (live) {
                heardLive(record.position().topicPartition().topic(), sample, now);
            } else {
                past = Math.max(past, sample);
            }
        }
        boolean known = current != Long.MIN_VALUE;
        estimate = new Estimate(known ? Math.max(current, previous) : past, known);
    }

    private void heardLive(Topic topic, long sample, long now) {
        boolean ofAgents = topic == Topic.AGENTS;
        if (heardAgents && !ofAgents) {
            return;
        }
        if (ofAgents && !heardAgents) {
            heardAgents = true;
            current = Long.MIN_VALUE;
            previous = Long.MIN_VALUE;
        }
        if (current == Long.MIN_VALUE || now - windowFrom > WINDOW_MILLIS) {
            windowFrom = now;
            previous = current;
            current = sample;
        } else {
            current = Math.max(current, sample);
        }
    }

    /** The time by the brokers' clock, to the millisecond. */
    Instant now() {
        Estimate known = estimate;
        Instant here = machine.get();
        if (known.offset() == Long.MIN_VALUE) {
            return here;
        }
        Instant there = at(known);
        return known.live() || there.isAfter(here) ? there : here;
    }

    private Instant at(Estimate known) {
        return Instant.ofEpochMilli(known.offset() + monotonicMillis.getAsLong());
    }

    /**
     * How far this machine's clock is ahead of the brokers', negative where it is behind; absent
     * while it is within {@link #DIFFERENCE_MAX} or nothing came live yet.
     */
    Optional<Duration> difference() {
        Estimate known = estimate;
        return Optional.of(known)
                .filter(Estimate::live)
                .map(each -> Duration.between(at(each), machine.get()))
                .filter(each -> each.abs().compareTo(DIFFERENCE_MAX) > 0);
    }
}
