package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step, its ledger row and its version-table row are in the database.
 *
 * @param attempts how often it was tried, from 1
 * @param elapsed of the last attempt
 * @param version the database is at, where this step has changed that; empty text where it is at
 *     none
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
        Optional<String> version,
        Instant at)
        implements StepEvent {
    /** A step that leaves the database at its version. */
    public StepSucceeded(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            StepRef step,
            StepOutcome outcome,
            int attempts,
            Duration elapsed,
            Progress progress,
            Instant at) {
        this(
                database,
                rollout,
                epoch,
                step,
                outcome,
                attempts,
                elapsed,
                progress,
                Optional.empty(),
                at);
    }

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
