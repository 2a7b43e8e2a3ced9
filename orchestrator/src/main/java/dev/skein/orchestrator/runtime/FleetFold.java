package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.protocol.log.LogCorrupt;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.RecordSink;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.UnreadableRecord;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches of the log into the fleet's state. Confined to the owner's context.
 *
 * <p>For each batch: every record is folded; futures that waited for one of them complete; readers
 * are told; the rollouts that something may have become due for are looked at. What an agent wrote
 * and cannot be taken is set aside. A record that can never be and that only the leader writes
 * stops all of this for good, unless a person has decided to pass over it.
 */
final class FleetFold implements RecordSink {
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
    @Override
    public Future<Void> accept(List<LogRecord> batch) {
        if (fault.isPresent()) {
            return Future.failedFuture(fault.get());
        }
        AffectedRollouts affected = new AffectedRollouts();
        for (int index = 0; index < batch.size(); index++) {
            LogRecord record = batch.get(index);
            try {
                fold(record, affected);
            } catch (RuntimeException e) {
                folded(batch.subList(0, index), affected);
                List<LogRecord> rest = batch.subList(index + 1, batch.size());
                return skipOrStop(record.position(), Optional.of(record.key()), e)
                        .compose(skipped -> accept(rest));
            }
        }
        folded(batch, affected);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> unreadable(UnreadableRecord record) {
        if (fault.isPresent()) {
            return Future.failedFuture(fault.get());
        }
        Topic topic = record.position().topicPartition().topic();
        if (topic.isWrittenByAgents()) {
            metrics.folded(
                    fleet.setAside(
                            record.position(),
                            record.key(),
                            record.problem(),
                            record.appendedAt()));
            setAside(record.position(), record.problem());
            return Future.succeededFuture();
        }
        if (topic == Topic.SKIPS) {
            // What cannot be read is no decision, and nothing follows from it.
            passed(record.position(), fleet.skip(record.position(), record.key()));
            return Future.succeededFuture();
        }
        return skipOrStop(record.position(), record.key(), new LogCorrupt(record.problem(), null));
    }

    private void setAside(Position position, String problem) {
        LOGGER.atWarn()
                .addKeyValue("offset", position)
                .addKeyValue("error", problem)
                .log("What an agent wrote cannot be taken; it is set aside");
        AffectedRollouts affected = new AffectedRollouts();
        affected.addUnreadable();
        waiters.pass(position);
        ports.views().changed();
        waiters.release();
        ports.affected().accept(affected);
    }

    private void passed(Position position, FoldOutcome outcome) {
        metrics.folded(outcome);
        waiters.pass(position);
        ports.views().changed();
        waiters.release();
    }

    private Future<Void> skipOrStop(
            Position position, Optional<String> key, RuntimeException problem) {
        return ports.skips()
                .apply(position)
                // Without an answer there is no decision, and the record is the reason to stop.
                .otherwise(Optional.empty())
                .compose(
                        decision -> {
                            if (decision.isEmpty()) {
                                return Future.failedFuture(problem);
                            }
                            LOGGER.atWarn()
                                    .addKeyValue("offset", position)
                                    .addKeyValue("error", problem.getMessage())
                                    .log("Passed over: {}", decision.get().summary());
                            passed(position, fleet.skip(position, key));
                            return Future.<Void>succeededFuture();
                        })
                .onFailure(cause -> stop(Optional.of(position), cause));
    }

    private void fold(LogRecord record, AffectedRollouts affected) {
        FoldOutcome outcome = RecordFold.apply(fleet, record);
        metrics.folded(outcome);
        if (outcome == FoldOutcome.SET_ASIDE) {
            affected.addUnreadable();
            LOGGER.atWarn()
                    .addKeyValue("offset", record.position())
                    .log("What an agent wrote cannot be taken; it is set aside");
        } else {
            affected.add(record);
        }
        waiters.pass(record.position());
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
