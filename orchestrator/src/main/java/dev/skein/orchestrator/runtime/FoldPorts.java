package dev.skein.orchestrator.runtime;

import dev.skein.protocol.event.RecordSkipped;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the fold tells, batch by batch.
 *
 * @param folded the records of one batch, in order
 * @param affected the rollouts that something may have become due for
 * @param skips a person's decision to pass over a record that would stop the fold
 * @param faults told once, of what stopped the fold
 */
record FoldPorts(
        Supplier<Instant> clock,
        ViewPublisher views,
        Consumer<List<LogRecord>> folded,
        Consumer<AffectedRollouts> affected,
        Function<Position, Future<Optional<RecordSkipped>>> skips,
        FaultHandler faults) {}
