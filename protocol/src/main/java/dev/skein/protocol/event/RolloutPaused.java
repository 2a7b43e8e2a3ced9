package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * No step of the rollout may start until it is resumed; each pause has a number, which agents
 * confirm.
 *
 * @param number 1 for the rollout's first pause, then rising by 1
 * @param reason for a person, with numbers
 * @param by who asked for it, as the caller gave it
 */
public record RolloutPaused(
        RolloutId rollout, int number, PauseCause cause, String reason, String by, Instant at)
        implements RolloutSignalEvent {
    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "paused (%s) by %s: %s".formatted(cause.label(), by, reason);
    }
}
