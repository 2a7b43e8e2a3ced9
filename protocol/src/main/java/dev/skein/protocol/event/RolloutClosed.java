package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/** Nothing of the rollout is left to do; a retry or a rollback opens it again. */
public record RolloutClosed(
        RolloutId rollout,
        RolloutOutcome outcome,
        int applied,
        int failed,
        int rolledBack,
        Instant at)
        implements RolloutSignalEvent {
    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%s: %d applied, %d failed, %d rolled back"
                .formatted(outcome.label(), applied, failed, rolledBack);
    }
}
