package dev.skein.agent.order;

import dev.skein.engine.ReportSink;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.StepEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * The reports of one execution on their way to the reporter; notes what the agent must remember.
 */
final class ProgressReporter implements ReportSink {
    private final Reporter reporter;
    private final OrderMetrics metrics;
    private final Instant begin;
    private Optional<OrderPaused> pause = Optional.empty();
    private boolean recorded;

    /**
     * @param begin of the execution, by the clock that its reports have
     */
    ProgressReporter(Reporter reporter, OrderMetrics metrics, Instant begin) {
        this.reporter = reporter;
        this.metrics = metrics;
        this.begin = begin;
    }

    @Override
    public Future<Void> report(Envelope envelope) {
        if (envelope.event() instanceof OrderPaused paused) {
            pause = Optional.of(paused);
        }
        if (envelope.event() instanceof StepEvent step) {
            // An earlier row is only sent again.
            recorded |= envelope.sequence() > 0 && !step.at().isBefore(begin);
            recorded |= step instanceof DatabaseFailed failed && failed.ledgerEpoch().isPresent();
            metrics.reported(step);
        }
        return reporter.progress(envelope);
    }

    /** The pause this execution reported, if it saw one. */
    Optional<OrderPaused> pause() {
        return pause;
    }

    /** Whether this execution has written into the ledger, or told that it is ahead. */
    boolean recorded() {
        return recorded;
    }
}
