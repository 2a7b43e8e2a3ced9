package dev.skein.engine.execution;

import java.time.Duration;
import java.util.Optional;

/**
 * What is being written to the ledger, or waited for.
 *
 * @param write what is being written, to be written again if that fails
 * @param entries rows of the ledger in the transaction under way
 * @param left of a wait, after the part that passes now
 */
record PendingState(Optional<LedgerWrite> write, int entries, Duration left) {
    /** Nothing is under way. */
    static final PendingState NOTHING = new PendingState(Optional.empty(), 0, Duration.ZERO);

    static PendingState writing(LedgerWrite write, int entries) {
        return new PendingState(Optional.of(write), entries, Duration.ZERO);
    }

    /** A transaction that also runs something, and is not tried again as it is. */
    static PendingState running(int entries) {
        return new PendingState(Optional.empty(), entries, Duration.ZERO);
    }

    /** A wait keeps what is to be written after it. */
    PendingState waiting(Duration timeLeft) {
        return new PendingState(write, 0, timeLeft);
    }
}
