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
 * @param output the end of what the program printed that ran it; of a delegated step
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
        Optional<String> output,
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
                Optional.empty(),
                at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%s %s in %s, attempt %d, %s steps done%s"
                .formatted(
                        step.summary(),
                        outcome.label(),
                        Durations.format(elapsed),
                        attempts,
                        progress,
                        output.map(StepSucceeded::lastLine).orElse(""));
    }

    private static String lastLine(String printed) {
        return printed.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> "; it printed: " + line)
                .orElse("");
    }
}
