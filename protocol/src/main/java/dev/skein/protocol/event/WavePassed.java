package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A wave's gates all hold; the next one may start.
 *
 * @param wave its position in the strategy, from 0
 */
public record WavePassed(RolloutId rollout, int wave, Instant at) implements RolloutEvent {
    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "wave %d passed".formatted(wave + 1);
    }
}
