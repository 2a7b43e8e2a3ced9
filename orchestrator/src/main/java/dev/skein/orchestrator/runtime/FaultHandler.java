package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.Position;
import java.util.Optional;

/**
 * Takes what can never be: a defect of ours, or a log that contradicts itself.
 *
 * <p>A program that runs for a user ends its process here; tests record.
 */
@FunctionalInterface
public interface FaultHandler {
    /**
     * Called once, on the context of the fold, after it has stopped for good.
     *
     * @param at the record that could not be folded, where there is one
     * @param fault what can never be, with its numbers
     */
    void onFault(Optional<Position> at, Throwable fault);
}
