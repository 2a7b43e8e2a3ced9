package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.strategy.WaveSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A rollout's waves by name. */
final class Waves {
    private Waves() {}

    static OptionalInt indexOf(RolloutState rollout, String name) {
        List<WaveSpec> specs = rollout.strategy().waves();
        return IntStream.range(0, specs.size())
                .filter(index -> specs.get(index).name().equals(name))
                .findFirst();
    }

    static Rejection unknown(RolloutState rollout, String name) {
        String names =
                rollout.strategy().waves().stream()
                        .map(WaveSpec::name)
                        .collect(Collectors.joining(", "));
        return new Rejection(
                RejectionCode.UNKNOWN_WAVE,
                "rollout " + rollout.id() + " has no wave '" + name + "', only " + names);
    }

    /** The last wave that has started; the first one if none has. */
    static int lastStarted(RolloutState rollout) {
        return IntStream.range(0, rollout.waves().size())
                .filter(index -> rollout.waves().get(index).isStarted())
                .max()
                .orElse(0);
    }
}
