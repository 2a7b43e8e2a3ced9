package dev.skein.engine.execution;

import java.util.List;
import java.util.Optional;

/**
 * What one transaction writes down, all or nothing.
 *
 * @param entries rows of the ledger, in sequence
 * @param changes of the framework's version table, in order
 * @param expectation what the version table must say when the transaction begins
 */
public record Records(
        List<LedgerEntry> entries,
        List<VersionChange> changes,
        Optional<VersionExpectation> expectation) {
    /** Copies the lists. */
    public Records {
        entries = List.copyOf(entries);
        changes = List.copyOf(changes);
    }

    /** Records without an expectation. */
    public Records(List<LedgerEntry> entries, List<VersionChange> changes) {
        this(entries, changes, Optional.empty());
    }
}
