package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * A non-transactional step begins; its end is not bounded by a transaction.
 *
 * @param runner what carries it out beside the agent; absent where the agent does, and in reports
 *     of versions that did not note it
 */
public record StepStarted(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        StepRef step,
        Progress progress,
        Optional<String> runner,
        Instant at)
        implements StepEvent {
    /** One that the agent itself sends. */
    public StepStarted(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            StepRef step,
            Progress progress,
            Instant at) {
        this(database, rollout, epoch, step, progress, Optional.empty(), at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return step.summary()
                + runner.map(name -> " started by runner '" + name + "'")
                        .orElse(" started outside a transaction");
    }
}
