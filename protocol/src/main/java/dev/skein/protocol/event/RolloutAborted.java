package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * No more orders are issued and agents stop after their current step; what is done stays.
 *
 * @param reason for a person
 * @param by who asked for it, as the caller gave it
 */
public record RolloutAborted(RolloutId rollout, String reason, String by, Instant at)
        implements RolloutSignalEvent {
    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "aborted by %s: %s".formatted(by, reason);
    }
}
