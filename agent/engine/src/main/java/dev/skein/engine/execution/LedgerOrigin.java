package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.id.LogId;
import java.util.Optional;

/**
 * Where a ledger belongs, by its own words.
 *
 * @param log whose orders it obeys; absent before the first that names its log
 * @param heldKind what the order asked for that has its epoch
 * @param otherDatabase whether it was written in another database than the one it is in now: that
 *     one was copied, or dumped and restored, with its ledger
 * @param empty whether the database has nothing but what PostgreSQL and Skein put there
 */
public record LedgerOrigin(
        Optional<LogId> log, Optional<OrderKind> heldKind, boolean otherDatabase, boolean empty) {
    /** A ledger that does not say. */
    public static final LedgerOrigin UNKNOWN =
            new LedgerOrigin(Optional.empty(), Optional.empty(), false, false);

    /** There is no ledger. */
    public static LedgerOrigin absent(boolean empty) {
        return new LedgerOrigin(Optional.empty(), Optional.empty(), false, empty);
    }
}
