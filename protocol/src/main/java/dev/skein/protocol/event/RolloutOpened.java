package dev.skein.protocol.event;

import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.Strategy;
import java.time.Instant;
import java.util.List;

/**
 * A rollout exists: one plan, for databases resolved at this moment, by a strategy.
 *
 * @param planOffset the offset of the plan's record in the topic of plans
 * @param waves one for each wave of the strategy, in order
 * @param digest SHA-256 over plan, strategy and databases; an approval names it
 * @param by who asked for it, as the caller gave it
 */
public record RolloutOpened(
        RolloutId rollout,
        PlanId plan,
        long planOffset,
        Strategy strategy,
        List<WaveTargets> waves,
        String digest,
        String by,
        Instant at)
        implements RolloutEvent {
    /** Copies the list. */
    public RolloutOpened {
        waves = List.copyOf(waves);
    }

    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }
}
