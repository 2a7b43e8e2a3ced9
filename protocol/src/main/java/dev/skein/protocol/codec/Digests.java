package dev.skein.protocol.codec;

import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;
import java.util.Optional;

/** Digests by which a person's approval is bound to what it was given for. */
public final class Digests {
    private Digests() {}

    /**
     * The digest of everything a rollout will do: the plan, the strategy with its limits, the
     * databases of each wave, what it is for unless that is to carry out the plan, the terms on
     * which it goes to a version, and the version that a person declares.
     *
     * @return 64 lowercase hexadecimal digits
     */
    public static String rollout(
            PlanId plan,
            Strategy strategy,
            List<WaveTargets> waves,
            RolloutPurpose purpose,
            Optional<RollbackTerms> terms,
            Optional<DeclaredVersion> declared) {
        Optional<RolloutPurpose> said =
                Optional.of(purpose).filter(each -> each != RolloutPurpose.MIGRATE);
        return Json.sha256(new Subject(plan, strategy, waves, said, terms, declared));
    }

    private record Subject(
            PlanId plan,
            Strategy strategy,
            List<WaveTargets> waves,
            Optional<RolloutPurpose> purpose,
            Optional<RollbackTerms> terms,
            Optional<DeclaredVersion> declared) {}
}
