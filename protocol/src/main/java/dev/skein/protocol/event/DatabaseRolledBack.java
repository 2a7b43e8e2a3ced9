package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything this rollout had applied is rolled back.
 *
 * @param version the version the database is at; absent if it has none
 */
public record DatabaseRolledBack(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        Optional<String> version,
        Progress progress,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "rolled back, now at version " + version.orElse("none");
    }
}
