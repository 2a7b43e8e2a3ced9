package dev.skein.protocol.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the log counts and times, over all its feeds and writers. Threads: any. */
final class LogMetrics {
    /** How an append ended. */
    enum AppendOutcome {
        OK("ok"),
        FAILED("failed");

        private final String label;

        AppendOutcome(String label) {
            this.label = label;
        }
    }

    private final MeterRegistry registry;
    private final Map<Topic, Counter> read = new EnumMap<>(Topic.class);
    private final Map<Topic, Counter> appended = new EnumMap<>(Topic.class);
    private final Map<AppendOutcome, Timer> appends = new EnumMap<>(AppendOutcome.class);
    private final Counter ignored;
    private final Counter unreadable;
    private final AtomicInteger paused = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    LogMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Topic topic : Topic.values()) {
            read.put(topic, byTopic("log.feed.records", "Records that feeds read", topic));
            appended.put(topic, byTopic("log.append.records", "Records appended", topic));
        }
        for (AppendOutcome outcome : AppendOutcome.values()) {
            appends.put(
                    outcome,
                    Timer.builder("log.append.duration")
                            .description("From an append's call to its acknowledgement or failure")
                            .tag("outcome", outcome.label)
                            .register(registry));
        }
        this.ignored =
                Counter.builder("log.feed.ignored")
                        .description("Records of unknown types that may be passed over")
                        .register(registry);
        this.unreadable =
                Counter.builder("log.feed.unreadable")
                        .description("Records that are no event of this version")
                        .register(registry);
        Gauge.builder("log.feed.paused", paused, AtomicInteger::get)
                .description("Feeds whose sinks are so far behind that reading has stopped")
                .register(registry);
        Gauge.builder("log.append.waiting", waiting, AtomicInteger::get)
                .description("Appends that are not yet acknowledged")
                .register(registry);
    }

    private Counter byTopic(String name, String description, Topic topic) {
        return Counter.builder(name)
                .description(description)
                .tag("kind", topic.label())
                .register(registry);
    }

    void read(Topic topic, int records) {
        read.get(topic).increment(records);
    }

    void ignored() {
        ignored.increment();
    }

    void unreadable() {
        unreadable.increment();
    }

    void feedPaused() {
        paused.incrementAndGet();
    }

    void feedResumed() {
        paused.decrementAndGet();
    }

    Timer.Sample appendBegins() {
        waiting.incrementAndGet();
        return Timer.start(registry);
    }

    void appendEnds(Timer.Sample sample, AppendOutcome outcome) {
        waiting.decrementAndGet();
        sample.stop(appends.get(outcome));
    }

    void appended(Topic topic) {
        appended.get(topic).increment();
    }
}
