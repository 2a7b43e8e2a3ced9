package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.strategy.WaveSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Strategies by the part of them that a test is about. */
final class Strategies {
    private final List<WaveSpec> waves = new ArrayList<>();
    private Selector select = Selector.all();
    private LatePolicy late = LatePolicy.LIST;
    private int maxInFlight = 50;
    private FailureBudget budget = FailureBudget.none();
    private Optional<Duration> deadline = Optional.empty();
    private OnFailure onFailure = OnFailure.PAUSE;
    private Duration soak = Duration.ZERO;
    private boolean approval;

    static Strategies strategy() {
        return new Strategies();
    }

    Strategies select(Selector selector) {
        select = selector;
        return this;
    }

    Strategies late(LatePolicy policy) {
        late = policy;
        return this;
    }

    Strategies maxInFlight(int max) {
        maxInFlight = max;
        return this;
    }

    Strategies budget(int failures) {
        budget = new FailureBudget(failures, false);
        return this;
    }

    Strategies deadline(Duration duration) {
        deadline = Optional.of(duration);
        return this;
    }

    Strategies onFailure(OnFailure policy) {
        onFailure = policy;
        return this;
    }

    Strategies soak(Duration duration) {
        soak = duration;
        return this;
    }

    Strategies approval() {
        approval = true;
        return this;
    }

    /** The wave takes what it matches of what is left. */
    Strategies wave(String name, Selector selector) {
        return wave(name, selector, OptionalInt.empty(), OptionalInt.empty());
    }

    Strategies count(String name, int count) {
        return wave(name, Selector.all(), OptionalInt.of(count), OptionalInt.empty());
    }

    Strategies percent(String name, int percent) {
        return percent(name, Selector.all(), percent);
    }

    Strategies percent(String name, Selector selector, int percent) {
        return wave(name, selector, OptionalInt.empty(), OptionalInt.of(percent));
    }

    private Strategies wave(
            String name, Selector selector, OptionalInt count, OptionalInt percent) {
        waves.add(
                new WaveSpec(
                        name,
                        selector,
                        count,
                        percent,
                        new WaveLimits(maxInFlight, budget, deadline, onFailure),
                        new WaveGates(soak, approval, List.of())));
        return this;
    }

    Strategy build() {
        return new Strategy(select, waves, late, StepLimits.defaults());
    }

    static Selector labelled(String key, String value) {
        return new Selector(List.of(), new TreeMap<>(Map.of(key, value)));
    }

    static Selector named(DatabaseId... databases) {
        return new Selector(Arrays.asList(databases), new TreeMap<>());
    }
}
