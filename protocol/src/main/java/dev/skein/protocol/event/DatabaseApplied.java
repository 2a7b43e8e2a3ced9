package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * Every step of the plan, or of the plan up to the version that was asked for, is in the database
 * and every check gave its answer.
 *
 * @param version the version the database is at; empty if it has none
 */
public record DatabaseApplied(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        String version,
        Progress progress,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "applied, now at version " + version;
    }
}
