package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The order ended without success; what was done before the failing step stays, what was not stays
 * undone.
 *
 * @param step the failing step; absent if it failed before the first
 * @param inDoubt true where the failing step may have left something behind; absent where it did
 *     not
 * @param ledgerEpoch the epoch that the ledger holds, where it holds one that an order of this log
 *     should be above; the next order has to be
 */
public record DatabaseFailed(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        OrderKind kind,
        Optional<StepRef> step,
        StepFailure failure,
        Progress progress,
        Optional<Boolean> inDoubt,
        OptionalLong ledgerEpoch,
        Instant at)
        implements StepEvent {
    /** One way to say that nothing is in doubt. */
    public DatabaseFailed {
        inDoubt = inDoubt.filter(left -> left);
    }

    /** A failure that left nothing in doubt. */
    public DatabaseFailed(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            OrderKind kind,
            Optional<StepRef> step,
            StepFailure failure,
            Progress progress,
            OptionalLong ledgerEpoch,
            Instant at) {
        this(
                database,
                rollout,
                epoch,
                kind,
                step,
                failure,
                progress,
                Optional.empty(),
                ledgerEpoch,
                at);
    }

    /** A failure that has nothing to do with the ledger's epoch. */
    public DatabaseFailed(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            OrderKind kind,
            Optional<StepRef> step,
            StepFailure failure,
            Progress progress,
            Instant at) {
        this(database, rollout, epoch, kind, step, failure, progress, OptionalLong.empty(), at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "failed to %s: %s".formatted(kind.label(), failure.summary());
    }
}
