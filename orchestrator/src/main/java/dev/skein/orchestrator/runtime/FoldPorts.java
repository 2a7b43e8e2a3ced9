package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.LogRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the fold tells, batch by batch.
 *
 * @param folded the records of one batch, in order
 * @param affected the rollouts that something may have become due for
 * @param faults told once, of what stopped the fold
 */
record FoldPorts(
        Supplier<Instant> clock,
        ViewPublisher views,
        Consumer<List<LogRecord>> folded,
        Consumer<AffectedRollouts> affected,
        FaultHandler faults) {}
