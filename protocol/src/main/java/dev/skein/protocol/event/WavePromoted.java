package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A person skipped the rest of a wave's soak.
 *
 * @param wave its position in the strategy, from 0
 * @param by who asked for it, as the caller gave it
 */
public record WavePromoted(RolloutId rollout, int wave, String by, Instant at)
        implements RolloutEvent {
    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "the soak of wave %d was skipped by %s".formatted(wave + 1, by);
    }
}
