package dev.skein.agent.step;

import dev.skein.protocol.event.Direction;
import java.util.List;
import java.util.Optional;

/**
 * What a database says of itself once the walk holds its locks.
 *
 * @param epoch the highest the ledger has accepted; 0 for none
 * @param lastSequence of the ledger; 0 where it is empty
 * @param rows of the ledger, in sequence: the steps of this plan's books, and every row of the
 *     highest epoch
 * @param history what the framework's version table says; absent where there is none
 */
public record Survey(
        long epoch, long lastSequence, List<LedgerRow> rows, Optional<VersionHistory> history) {
    /** Copies the list. */
    public Survey {
        rows = List.copyOf(rows);
    }

    /** Whether the ledger has a row of this kind and epoch. */
    boolean has(LedgerKind kind, long ofEpoch) {
        return rows.stream().anyMatch(row -> row.kind() == kind && row.epoch() == ofEpoch);
    }

    /** Steps down that the order of this epoch has done. */
    int stepsBack(long ofEpoch) {
        return (int)
                rows.stream()
                        .filter(row -> row.kind() == LedgerKind.DONE && row.epoch() == ofEpoch)
                        .flatMap(row -> row.step().stream())
                        .filter(step -> step.direction() == Direction.DOWN)
                        .count();
    }
}
