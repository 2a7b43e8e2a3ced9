package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.TargetState;
import dev.skein.protocol.log.LogRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the engine counts.
 *
 * <ul>
 *   <li>{@code fleet.fold.lag}: between the broker's writing of the record folded last and its fold
 *   <li>{@code fleet.fold.records}, by {@code outcome}
 *   <li>{@code fleet.view.duration}: how long one view takes to make
 *   <li>{@code fleet.leading}: 1 while this orchestrator decides
 *   <li>{@code fleet.ready}: 1 while the fold has caught up and continues
 *   <li>{@code rollout.decision.duration}, by {@code kind} and {@code outcome}: from the look at
 *       the state until the decision has been folded
 *   <li>{@code rollout.databases}, by {@code state}: databases of open rollouts
 *   <li>{@code fleet.fault}: what could never be
 * </ul>
 */
final class OrchestratorMetrics {
    private final MeterRegistry registry;
    private final Map<FoldOutcome, Counter> records = new EnumMap<>(FoldOutcome.class);
    private final Timer views;
    private final Counter faults;
    private volatile long lagMillis;

    OrchestratorMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (FoldOutcome outcome : FoldOutcome.values()) {
            String label = outcome.name().toLowerCase(Locale.ROOT);
            records.put(outcome, registry.counter("fleet.fold.records", "outcome", label));
        }
        views = registry.timer("fleet.view.duration");
        faults = registry.counter("fleet.fault");
        TimeGauge.builder("fleet.fold.lag", () -> lagMillis, TimeUnit.MILLISECONDS)
                .register(registry);
    }

    /** Shows these from now on. */
    void watch(FleetService fleet) {
        Gauge.builder("fleet.leading", () -> fleet.leading() ? 1 : 0).register(registry);
        Gauge.builder("fleet.ready", () -> fleet.ready() ? 1 : 0).register(registry);
        DatabaseCounts counts = new DatabaseCounts(fleet, this::monotonicMillis);
        for (TargetState state : TargetState.values()) {
            Gauge.builder("rollout.databases", () -> counts.of(state))
                    .tag("state", state.label())
                    .register(registry);
        }
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void folded(FoldOutcome outcome) {
        records.get(outcome).increment();
    }

    void foldedUpTo(LogRecord record, Instant now) {
        lagMillis = Math.max(0, Duration.between(record.appendedAt(), now).toMillis());
    }

    /** Returns how long it took. */
    Duration viewMade(Timer.Sample sample) {
        return Duration.ofNanos(sample.stop(views));
    }

    void decided(Timer.Sample sample, Command command, String outcome) {
        sample.stop(
                registry.timer(
                        "rollout.decision.duration", "kind", command.label(), "outcome", outcome));
    }

    void fault() {
        faults.increment();
    }

    /** Time as durations are measured by, in milliseconds from an arbitrary point. */
    long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(registry.config().clock().monotonicTime());
    }
}
