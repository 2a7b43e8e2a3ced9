package dev.skein.protocol.event;

import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rollout exists: one plan, for databases resolved at this moment, by a strategy.
 *
 * @param planOffset the offset of the plan's record in the topic of plans
 * @param waves one for each wave of the strategy, in order
 * @param digest SHA-256 over plan, strategy and databases; an approval names it
 * @param purpose what it is for; to carry out the plan where absent
 * @param terms the version its databases are to be at, and what may stay where that is below; the
 *     end of the plan where absent
 * @param declared the version at which a person says that its databases are, where it is to survey
 *     or to adopt them
 * @param by who asked for it, as the caller gave it
 */
public record RolloutOpened(
        RolloutId rollout,
        PlanId plan,
        long planOffset,
        Strategy strategy,
        List<WaveTargets> waves,
        String digest,
        Optional<RolloutPurpose> purpose,
        Optional<RollbackTerms> terms,
        Optional<DeclaredVersion> declared,
        String by,
        Instant at)
        implements RolloutEvent {
    /** Copies the list. */
    public RolloutOpened {
        waves = List.copyOf(waves);
        // One way to say what most rollouts are for, so that equal rollouts have equal records.
        purpose = purpose.filter(each -> each != RolloutPurpose.MIGRATE);
    }

    /** One that carries out its plan. */
    public RolloutOpened(
            RolloutId rollout,
            PlanId plan,
            long planOffset,
            Strategy strategy,
            List<WaveTargets> waves,
            String digest,
            String by,
            Instant at) {
        this(
                rollout,
                plan,
                planOffset,
                strategy,
                waves,
                digest,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                by,
                at);
    }

    /** What it orders of a database that has not been ordered, or failed. */
    public OrderKind orders() {
        return terms.isPresent() ? OrderKind.MOVE : isFor().forward();
    }

    /** What it is for, said or not. */
    public RolloutPurpose isFor() {
        return purpose.orElse(RolloutPurpose.MIGRATE);
    }

    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        int databases = waves.stream().mapToInt(each -> each.databases().size()).sum();
        return "opened by %s%s%s%s: plan %s to %d databases in %d waves"
                .formatted(
                        by,
                        purpose.map(each -> " to " + each.label()).orElse(""),
                        terms.flatMap(RollbackTerms::to)
                                .map(to -> " to be at version " + to)
                                .orElse(""),
                        declared.map(each -> " at version " + each).orElse(""),
                        plan.abbreviated(),
                        databases,
                        waves.size());
    }
}
