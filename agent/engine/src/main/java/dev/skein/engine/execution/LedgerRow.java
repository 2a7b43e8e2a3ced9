package dev.skein.engine.execution;

import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import java.util.Optional;

/**
 * A row read from the ledger, without its report.
 *
 * @param epoch of the order that wrote it
 * @param rollout of that order
 * @param step the step it is about
 * @param completes whether that step is the last of its migration in its direction
 * @param checksum the migration's
 */
public record LedgerRow(
        long sequence,
        long epoch,
        RolloutId rollout,
        LedgerKind kind,
        Optional<StepRef> step,
        boolean completes,
        Optional<String> checksum) {}
