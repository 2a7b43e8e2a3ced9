package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * Every database of a wave has come to an end, and its failures are within budget; its soak runs
 * from here.
 *
 * @param wave its position in the strategy, from 0
 * @param applied databases applied
 * @param failed databases that count as failed
 * @param skipped databases skipped or rolled back
 */
public record WaveSettled(
        RolloutId rollout, int wave, int applied, int failed, int skipped, Instant at)
        implements RolloutEvent {
    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "wave %d settled: %d applied, %d failed, %d skipped"
                .formatted(wave + 1, applied, failed, skipped);
    }
}
