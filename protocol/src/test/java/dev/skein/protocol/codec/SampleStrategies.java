package dev.skein.protocol.codec;

import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.RepeatablePolicy;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.strategy.WaveSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A strategy with everything in it, and one with as little as may be. */
final class SampleStrategies {
    private SampleStrategies() {}

    static Strategy full() {
        WaveLimits limits =
                new WaveLimits(
                        50,
                        new FailureBudget(1, true),
                        Optional.of(Duration.ofHours(2)),
                        OnFailure.ROLLBACK_WAVE);
        return new Strategy(
                new Selector(List.of(), new TreeMap<>(Map.of("product", "billing"))),
                List.of(
                        new WaveSpec(
                                "canary",
                                new Selector(List.of(SampleEvents.ACME), new TreeMap<>()),
                                OptionalInt.of(1),
                                OptionalInt.empty(),
                                limits,
                                new WaveGates(Duration.ofMinutes(10), true, checks())),
                        new WaveSpec(
                                "everyone",
                                Selector.all(),
                                OptionalInt.empty(),
                                OptionalInt.of(100),
                                limits,
                                new WaveGates(Duration.ZERO, false, List.of()))),
                LatePolicy.JOIN_LAST_WAVE,
                new StepLimits(
                        Duration.ofSeconds(2),
                        Optional.of(Duration.ofMinutes(5)),
                        Duration.ofMillis(100),
                        10));
    }

    /** With what later releases of this version added. */
    static Strategy rehearsed() {
        Strategy plain = minimal();
        return new Strategy(
                plain.select(),
                plain.waves(),
                plain.latePolicy(),
                plain.stepLimits(),
                Optional.of(true));
    }

    /** One that takes only what can be undone. */
    static Strategy undoable() {
        Strategy plain = minimal();
        return new Strategy(
                plain.select(),
                plain.waves(),
                plain.latePolicy(),
                plain.stepLimits(),
                Optional.empty(),
                Optional.of(true),
                Optional.of(RepeatablePolicy.LEAVE));
    }

    static Strategy minimal() {
        return new Strategy(
                Selector.all(),
                List.of(
                        new WaveSpec(
                                "all",
                                Selector.all(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                new WaveLimits(
                                        1, FailureBudget.none(), Optional.empty(), OnFailure.PAUSE),
                                new WaveGates(Duration.ZERO, false, List.of()))),
                LatePolicy.LIST,
                StepLimits.defaults());
    }

    static List<CheckStep> checks() {
        return List.of(new CheckStep("no orphans", "select count(*) from orphans", "0"));
    }
}
