package dev.skein.protocol.codec;

import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;

/** Digests by which a person's approval is bound to what it was given for. */
public final class Digests {
    private Digests() {}

    /**
     * The digest of everything a rollout will do: the plan, the strategy with its limits, and the
     * databases of each wave.
     *
     * @return 64 lowercase hexadecimal digits
     */
    public static String rollout(PlanId plan, Strategy strategy, List<WaveTargets> waves) {
        return Json.sha256(new Subject(plan, strategy, waves));
    }

    private record Subject(PlanId plan, Strategy strategy, List<WaveTargets> waves) {}
}
