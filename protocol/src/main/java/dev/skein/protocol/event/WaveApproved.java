package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A person let the wave after this one start.
 *
 * @param wave its position in the strategy, from 0
 * @param digest the rollout's digest, as the person saw it
 * @param by who asked for it, as the caller gave it
 */
public record WaveApproved(RolloutId rollout, int wave, String digest, String by, Instant at)
        implements RolloutEvent {
    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "wave %d was approved by %s".formatted(wave + 1, by);
    }
}
