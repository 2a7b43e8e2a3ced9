package dev.skein.agent.order;

import dev.skein.protocol.Backoff;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.LogWriter;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything an agent has to say, on its way into the log, in the order in which it was said.
 *
 * <p>One append is under way at a time; what is said meanwhile waits and goes with the next one. An
 * append that the broker does not acknowledge is sent again, the same envelopes, until it does: a
 * broker that is down delays reports and loses none. Confined to the context it was created on.
 */
public final class Reporter {
    /** Envelopes in one append, at most. */
    static final int BATCH_MAX = 500;

    private static final Logger LOGGER = LoggerFactory.getLogger(Reporter.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final Vertx vertx;
    private final LogWriter writer;
    private final ReporterMetrics metrics;
    private final Deque<Report> waiting = new ArrayDeque<>();
    private final Promise<Void> broken = Promise.promise();
    private boolean sending;
    private int attempt;

    /**
     * @param writer its entries arrive at least once, in order; closed by its owner
     */
    public Reporter(Vertx vertx, LogWriter writer, MeterRegistry registry) {
        this.vertx = vertx;
        this.writer = writer;
        this.metrics = new ReporterMetrics(registry, waiting);
    }

    /**
     * Says what happened in a database.
     *
     * @return completes when the log has it; fails only if the log refuses it for good
     */
    public Future<Void> progress(Envelope envelope) {
        requireAuthor(envelope, StepEvent.class);
        return say(new Entry(Topic.PROGRESS, envelope));
    }

    /**
     * Says something about the agent.
     *
     * @return completes when the log has it; fails only if the log refuses it for good
     */
    public Future<Void> agent(Envelope envelope) {
        requireAuthor(envelope, AgentEvent.class);
        return say(new Entry(Topic.AGENTS, envelope));
    }

    /** Never succeeds; fails when the log refused a report for good: nothing is sent any more. */
    public Future<Void> broken() {
        return broken.future();
    }

    /** Reports that the log has not yet acknowledged. */
    public int waiting() {
        return waiting.size();
    }

    private static void requireAuthor(Envelope envelope, Class<?> type) {
        if (!type.isInstance(envelope.event())) {
            throw new IllegalArgumentException(
                    "event " + envelope.id() + " of " + envelope.source() + " has another topic");
        }
    }

    private Future<Void> say(Entry entry) {
        if (broken.future().isComplete()) {
            return broken.future();
        }
        Report report = new Report(entry, Promise.promise());
        waiting.add(report);
        if (!sending) {
            send();
        }
        return report.said().future();
    }

    private void send() {
        List<Report> batch = waiting.stream().limit(BATCH_MAX).toList();
        sending = !batch.isEmpty();
        if (sending) {
            writer.append(batch.stream().map(Report::entry).toList())
                    .onSuccess(positions -> sent(batch, positions))
                    .onFailure(failure -> notSent(batch, failure));
        }
    }

    private void sent(List<Report> batch, List<Position> positions) {
        if (attempt > 0) {
            LOGGER.atInfo()
                    .addKeyValue("attempt", attempt + 1)
                    .log("The log takes reports again; what waited is sent");
        }
        attempt = 0;
        metrics.sent(positions.size());
        List<Promise<Void>> promises = new ArrayList<>(batch.size());
        for (Report report : batch) {
            waiting.remove();
            promises.add(report.said());
        }
        send();
        promises.forEach(Promise::complete);
    }

    private void notSent(List<Report> batch, Throwable failure) {
        if (!(failure instanceof LogUnavailable)) {
            broken.fail(failure);
            waiting.forEach(report -> report.said().fail(failure));
            return;
        }
        attempt++;
        metrics.resent();
        if (attempt == 1) {
            LOGGER.atWarn()
                    .addKeyValue("error", failure.getMessage())
                    .log("The log does not take reports; they wait and are sent again");
        }
        vertx.setTimer(BACKOFF.after(attempt).toMillis(), timer -> send());
    }

    private record Report(Entry entry, Promise<Void> said) {}
}
