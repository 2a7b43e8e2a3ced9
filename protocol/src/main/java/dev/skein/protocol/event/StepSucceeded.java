package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.settings.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * A step, its ledger row and its version-table row are in the database.
 *
 * @param attempts how often it was tried, from 1
 * @param elapsed of the last attempt
 */
public record StepSucceeded(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        StepRef step,
        StepOutcome outcome,
        int attempts,
        Duration elapsed,
        Progress progress,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%s %s in %s, attempt %d, %s steps done"
                .formatted(
                        step.summary(),
                        outcome.label(),
                        Durations.format(elapsed),
                        attempts,
                        progress);
    }
}
