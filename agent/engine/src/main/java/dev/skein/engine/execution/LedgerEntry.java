package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.StepRef;
import java.util.Optional;

/**
 * A row to be added to the ledger: what happened, and the report that says so.
 *
 * @param step the step it is about
 * @param completes whether that step is the last of its migration in its direction
 * @param checksum the migration's
 * @param envelope the report, with the row's sequence
 */
public record LedgerEntry(
        LedgerKind kind,
        Optional<StepRef> step,
        boolean completes,
        Optional<String> checksum,
        Envelope envelope) {}
