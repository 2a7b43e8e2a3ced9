package dev.skein.engine.postgres;

import dev.skein.engine.ReportSink;
import dev.skein.protocol.codec.Envelope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * An execution's reports on their way to the log: each once, in the order of the ledger, and not
 * more than a limit at a time. Confined to the execution's context.
 */
final class Outbox {
    static final int UNACKNOWLEDGED_MAX = 64;

    private final ReportSink sink;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private Promise<Void> moved = Promise.promise();
    private Optional<Throwable> failure = Optional.empty();
    private long lastSent;
    private long acknowledged;

    private record Sent(long sequence, Future<Void> answer) {}

    Outbox(ReportSink sink) {
        this.sink = sink;
    }

    /** Sends a counted report, unless this execution has sent it already. */
    void send(Envelope report) {
        if (report.sequence() <= lastSent) {
            return;
        }
        lastSent = report.sequence();
        say(report);
    }

    /** Sends a report that is not counted. */
    void say(Envelope report) {
        Future<Void> answer = sink.report(report);
        underWay.add(new Sent(report.sequence(), answer));
        answer.onComplete(done -> answered(done.cause()));
    }

    private void answered(Throwable cause) {
        if (cause != null) {
            failure = failure.or(() -> Optional.of(cause));
        }
        // The log may answer out of order; what is acknowledged has nothing unanswered before it.
        while (!underWay.isEmpty() && underWay.peek().answer().succeeded()) {
            acknowledged = Math.max(acknowledged, underWay.remove().sequence());
        }
        Promise<Void> waiting = moved;
        moved = Promise.promise();
        waiting.complete();
    }

    /** Completes when another report may be sent; fails if one could not be. */
    Future<Void> room() {
        return waitUntilAtMost(UNACKNOWLEDGED_MAX - 1);
    }

    /** Completes when all are acknowledged; fails if one could not be. */
    Future<Void> empty() {
        return waitUntilAtMost(0);
    }

    private Future<Void> waitUntilAtMost(int count) {
        if (failure.isPresent()) {
            return Future.failedFuture(failure.get());
        }
        return underWay.size() <= count
                ? Future.succeededFuture()
                : moved.future().compose(nothing -> waitUntilAtMost(count));
    }

    /** The highest sequence that the log has, with everything before it; 0 for none. */
    long acknowledged() {
        return acknowledged;
    }
}
