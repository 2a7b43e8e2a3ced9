package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import java.util.Optional;

/**
 * A row to be added to the ledger: what happened, and the report that says so.
 *
 * @param step the step it is about
 * @param completes whether that step is the last of its migration in its direction
 * @param checksum the migration's
 * @param envelope the report, with the row's sequence
 * @param adopted whether somebody else is said to have done it, so that no rollout takes it back
 */
public record LedgerEntry(
        LedgerKind kind,
        Optional<StepRef> step,
        boolean completes,
        Optional<String> checksum,
        Envelope envelope,
        boolean adopted) {
    /** The rollout in the rows of what no rollout has done. */
    private static final RolloutId NOBODY = new RolloutId("adopted");

    /** What the order itself did. */
    public LedgerEntry(
            LedgerKind kind,
            Optional<StepRef> step,
            boolean completes,
            Optional<String> checksum,
            Envelope envelope) {
        this(kind, step, completes, checksum, envelope, false);
    }

    /** The rollout that may take it back. */
    public RolloutId rollout() {
        return adopted ? NOBODY : ((StepEvent) envelope.event()).rollout();
    }
}
