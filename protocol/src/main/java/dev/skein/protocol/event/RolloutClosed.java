package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Nothing of the rollout is left to do; a retry or a rollback opens it again.
 *
 * @param late databases that came too late to be part of it, where there are any
 */
public record RolloutClosed(
        RolloutId rollout,
        RolloutOutcome outcome,
        int applied,
        int failed,
        int rolledBack,
        OptionalInt late,
        Instant at)
        implements RolloutSignalEvent {
    /** One way to say that none came late. */
    public RolloutClosed {
        late = late.orElse(0) == 0 ? OptionalInt.empty() : late;
    }

    /** One that no database came too late for. */
    public RolloutClosed(
            RolloutId rollout,
            RolloutOutcome outcome,
            int applied,
            int failed,
            int rolledBack,
            Instant at) {
        this(rollout, outcome, applied, failed, rolledBack, OptionalInt.empty(), at);
    }

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
