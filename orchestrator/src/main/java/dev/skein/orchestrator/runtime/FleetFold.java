package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Position;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches of the log into the fleet's state. Confined to the owner's context.
 *
 * <p>For each batch: every record is folded; futures that waited for one of them complete; readers
 * are told; the rollouts that something may have become due for are looked at. A record that can
 * never be stops all of this for good.
 */
final class FleetFold {
    private static final Logger LOGGER = LoggerFactory.getLogger(FleetFold.class);

    private final Fleet fleet;
    private final FoldPorts ports;
    private final OrchestratorMetrics metrics;
    private final OffsetWaiters waiters = new OffsetWaiters();
    private long events;
    private Optional<Throwable> fault = Optional.empty();

    FleetFold(Fleet fleet, FoldPorts ports, OrchestratorMetrics metrics) {
        this.fleet = fleet;
        this.ports = ports;
        this.metrics = metrics;
    }

    /** Takes one batch; fails, now and ever after, with the fault that stopped the fold. */
    Future<Void> accept(List<LogRecord> batch) {
        if (fault.isPresent()) {
            return Future.failedFuture(fault.get());
        }
        AffectedRollouts affected = new AffectedRollouts();
        for (LogRecord record : batch) {
            try {
                fold(record, affected);
            } catch (RuntimeException e) {
                stop(Optional.of(record.position()), e);
                return Future.failedFuture(e);
            }
        }
        folded(batch, affected);
        return Future.succeededFuture();
    }

    private void fold(LogRecord record, AffectedRollouts affected) {
        metrics.folded(fleet.apply(record.envelope(), record.position(), record.appendedAt()));
        waiters.pass(record.position());
        affected.add(record);
        events++;
        LOGGER.atTrace()
                .addKeyValue("event", record.envelope().id())
                .addKeyValue("offset", record.position())
                .log("Folded");
    }

    private void folded(List<LogRecord> batch, AffectedRollouts affected) {
        if (batch.isEmpty()) {
            return;
        }
        metrics.foldedUpTo(batch.get(batch.size() - 1), ports.clock().get());
        ports.folded().accept(batch);
        ports.views().changed();
        waiters.release();
        ports.affected().accept(affected);
    }

    /** Stops folding, and fails what waits for records that will never be folded. */
    void stop(Optional<Position> at, Throwable cause) {
        if (fault.isPresent()) {
            return;
        }
        fault = Optional.of(cause);
        metrics.fault();
        LOGGER.atError()
                .addKeyValue("offset", at.map(Position::toString).orElse("none"))
                .setCause(cause)
                .log("Stopped for good: this can never be, and going on would make it worse");
        waiters.fail(cause);
        ports.faults().onFault(at, cause);
    }

    /** The process ends: every future that waits for the fold fails. */
    void abandon() {
        waiters.fail(new LogUnavailable("this orchestrator is being stopped", null));
    }

    /** Completes once the fold has passed these records. */
    Future<Void> until(List<Position> positions) {
        return fault.isPresent() ? Future.failedFuture(fault.get()) : waiters.until(positions);
    }

    /** Records folded so far, duplicates counted in. */
    long events() {
        return events;
    }
}
