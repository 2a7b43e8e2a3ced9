package dev.skein.ops.sim;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.log.Topic;
import java.time.Instant;
import java.util.Optional;

/** What one visit says; it is over once everything that the ledger counts is acknowledged. */
final class SimOutbox {
    private final SimAgent agent;
    private final OrderIssued order;
    private final SimDatabase database;
    private final Instant begin;
    private Optional<OrderPaused> pause = Optional.empty();
    private boolean recorded;
    private Optional<Leaving> leaving = Optional.empty();
    private int unacknowledged;

    private record Leaving(ExecutionEnd end, Optional<Envelope> saying, Runnable close) {}

    SimOutbox(SimAgent agent, OrderIssued order, SimDatabase database, Instant begin) {
        this.begin = begin;
        this.agent = agent;
        this.order = order;
        this.database = database;
    }

    /** Sends a row of the ledger. */
    void report(Envelope envelope) {
        recorded |= !((StepEvent) envelope.event()).at().isBefore(begin);
        unacknowledged++;
        agent.say(
                Topic.PROGRESS,
                envelope,
                () -> {
                    unacknowledged--;
                    database.ledger().reported(envelope.sequence());
                    leaveIfAllIsSaid();
                });
    }

    void reportWhatTheLogLacks() {
        long seen = agent.isLogRestored() ? order.lastSequence() : Long.MAX_VALUE;
        database.ledger().unreported(seen).forEach(this::report);
    }

    /** Sends what the ledger does not count. */
    void say(Envelope envelope) {
        if (envelope.event() instanceof OrderPaused paused) {
            pause = Optional.of(paused);
        }
        recorded |=
                envelope.event() instanceof DatabaseFailed failed
                        && failed.ledgerEpoch().isPresent();
        agent.say(Topic.PROGRESS, envelope, () -> {});
    }

    /** Closes the connection once it may, says the last word, and is over. */
    void leave(ExecutionEnd end, Optional<Envelope> saying, Runnable close) {
        leaving = Optional.of(new Leaving(end, saying, close));
        leaveIfAllIsSaid();
    }

    private void leaveIfAllIsSaid() {
        if (leaving.isEmpty() || unacknowledged > 0) {
            return;
        }
        Leaving now = leaving.get();
        leaving = Optional.empty();
        now.close().run();
        now.saying().ifPresent(this::say);
        agent.ended(order, now.end(), pause, recorded);
    }
}
