package dev.skein.ops.sim;

import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.plan.CheckStep;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Strategies of a run: one to three waves with any gates and limits. */
final class SimStrategies {
    private static final int WAVES_MAX = 3;

    private final Dice dice;
    private final List<OnFailure> policies;

    private SimStrategies(Dice dice, List<OnFailure> policies) {
        this.dice = dice;
        this.policies = policies;
    }

    /** One that the purpose can have: where nothing is changed, nothing is taken back. */
    static Strategy draw(Dice dice, RolloutPurpose purpose) {
        List<OnFailure> policies =
                purpose == RolloutPurpose.MIGRATE
                        ? List.of(OnFailure.values())
                        : List.of(OnFailure.PAUSE, OnFailure.CONTINUE);
        return new SimStrategies(dice, policies).strategy();
    }

    private Strategy strategy() {
        List<WaveSpec> waves = new ArrayList<>();
        long count = dice.between(1, WAVES_MAX);
        for (int i = 1; i < count; i++) {
            waves.add(
                    dice.chance(0.5)
                            ? wave("w" + i, some(1, 3), OptionalInt.empty())
                            : wave("w" + i, OptionalInt.empty(), some(10, 60)));
        }
        waves.add(wave("last", OptionalInt.empty(), OptionalInt.empty()));
        StepLimits limits =
                new StepLimits(
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        dice.chance(0.3) ? Duration.ofMillis(1_500) : Duration.ZERO,
                        (int) dice.between(1, 5));
        LatePolicy late = dice.chance(0.5) ? LatePolicy.JOIN_LAST_WAVE : LatePolicy.LIST;
        return new Strategy(select(), waves, late, limits);
    }

    private Selector select() {
        if (dice.chance(0.7)) {
            return Selector.all();
        }
        return new Selector(
                List.of(), new TreeMap<>(java.util.Map.of("tier", dice.chance(0.5) ? "a" : "b")));
    }

    private OptionalInt some(long low, long high) {
        return OptionalInt.of((int) dice.between(low, high));
    }

    private WaveSpec wave(String name, OptionalInt count, OptionalInt percent) {
        List<CheckStep> checks =
                dice.chance(0.3) ? List.of(new CheckStep("fine", "check", "yes")) : List.of();
        WaveLimits limits =
                new WaveLimits(
                        (int) dice.between(1, 4),
                        new FailureBudget((int) dice.between(0, 2), false),
                        dice.chance(0.2) ? Optional.of(Duration.ofSeconds(30)) : Optional.empty(),
                        dice.pick(policies));
        Duration soak = dice.chance(0.3) ? Duration.ofSeconds(5) : Duration.ZERO;
        WaveGates gates = new WaveGates(soak, dice.chance(0.25), checks);
        return new WaveSpec(name, Selector.all(), count, percent, limits, gates);
    }
}
