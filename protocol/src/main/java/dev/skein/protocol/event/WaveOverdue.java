package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A wave's deadline has passed; its databases that are not done count as failed until they are.
 *
 * @param wave its position in the strategy, from 0
 * @param unfinished databases not done at that moment
 */
public record WaveOverdue(RolloutId rollout, int wave, int unfinished, Instant at)
        implements RolloutEvent {
    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "wave %d passed its deadline with %d databases not done"
                .formatted(wave + 1, unfinished);
    }
}
