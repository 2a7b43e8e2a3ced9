package dev.skein.agent.step;

import java.util.List;

/**
 * What one transaction writes down, all or nothing.
 *
 * @param entries rows of the ledger, in sequence
 * @param changes of the framework's version table, in order
 */
public record Records(List<LedgerEntry> entries, List<VersionChange> changes) {
    /** Copies the lists. */
    public Records {
        entries = List.copyOf(entries);
        changes = List.copyOf(changes);
    }
}
