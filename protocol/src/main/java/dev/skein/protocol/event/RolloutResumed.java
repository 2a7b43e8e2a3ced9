package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A paused rollout continues.
 *
 * @param by who asked for it, as the caller gave it
 */
public record RolloutResumed(RolloutId rollout, String by, Instant at)
        implements RolloutSignalEvent {
    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "resumed by " + by;
    }
}
