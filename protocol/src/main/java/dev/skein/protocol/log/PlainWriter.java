package dev.skein.protocol.log;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Appends at least once, in order, with an idempotent producer.
 *
 * <p>{@code send} may block for metadata or memory, so it has a thread of its own. The first record
 * that a producer cannot deliver ends this producer from within its callback: Kafka then sends
 * nothing that was queued behind that record, and no gap can come about. The next append makes a
 * new producer.
 */
final class PlainWriter implements LogWriter {
    private final KafkaParts parts;
    private final PendingAppends pending;
    private final ExecutorService thread = LogThreads.single("skein-log-writer");
    private final Promise<Void> ended = Promise.promise();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Confined to the writer's thread. */
    private Optional<WriteSession> current = Optional.empty();

    /** The life of one producer. */
    private record WriteSession(Producer<String, byte[]> producer, AtomicBoolean broken) {}

    PlainWriter(KafkaParts parts) {
        this.parts = parts;
        this.pending =
                new PendingAppends(
                        parts.vertx(), parts.metrics(), parts.limits().appendsWaitingMax());
    }

    @Override
    public Future<List<Position>> append(List<Entry> entries) {
        AppendRequest request = pending.add(entries);
        try {
            thread.execute(() -> send(request));
        } catch (RejectedExecutionException e) {
            pending.fail(request, new LogUnavailable("the writer is closed", null));
        }
        return request.promise().future();
    }

    private void send(AppendRequest request) {
        if (!pending.waits(request)) {
            return;
        }
        try {
            List<ProducerRecord<String, byte[]>> records =
                    request.entries().stream().map(this::record).toList();
            session(request).ifPresent(session -> send(session, request, records));
        } catch (RuntimeException e) {
            // The entries themselves cannot be written: no reason to doubt the connection.
            pending.fail(request, e);
        }
    }

    /** Parts of a record belong into one transaction, which this writer has not. */
    private ProducerRecord<String, byte[]> record(Entry entry) {
        List<ProducerRecord<String, byte[]>> records = parts.codec().encode(entry);
        if (records.size() > 1) {
            throw new LogRefused(
                    "append of %s: it needs %d records, and only an exclusive writer writes so"
                            .formatted(entry.envelope().event().key(), records.size()),
                    null);
        }
        return records.get(0);
    }

    private Optional<WriteSession> session(AppendRequest request) {
        if (current.filter(session -> !session.broken().get()).isEmpty()) {
            try {
                Producer<String, byte[]> producer = parts.clients().producer();
                current = Optional.of(new WriteSession(producer, new AtomicBoolean()));
            } catch (KafkaException e) {
                pending.failAll(KafkaFailures.translate(request.describe(), e));
                current = Optional.empty();
            }
        }
        return current;
    }

    private void send(
            WriteSession session,
            AppendRequest request,
            List<ProducerRecord<String, byte[]>> records) {
        Acknowledgements acknowledgements =
                new Acknowledgements(
                        parts.codec(),
                        records.size(),
                        positions -> pending.succeed(request, positions),
                        failure -> breakDown(session, request, failure));
        for (int index = 0; index < records.size() && !session.broken().get(); index++) {
            try {
                session.producer().send(records.get(index), acknowledgements.callback(index));
            } catch (KafkaException | IllegalStateException e) {
                breakDown(session, request, e);
            }
        }
    }

    /** On Kafka's thread within a callback, or on the writer's. */
    private void breakDown(WriteSession session, AppendRequest request, Exception failure) {
        if (session.broken().compareAndSet(false, true)) {
            session.producer().close(Duration.ZERO);
            pending.failAll(KafkaFailures.translate(request.describe(), failure));
        }
    }

    @Override
    public Future<Void> close() {
        ContextPromise<Void> reply = ContextPromise.toCaller(parts.vertx());
        if (closing.compareAndSet(false, true)) {
            thread.execute(this::closeProducer);
            thread.shutdown();
        }
        ended.future().onComplete(ignored -> reply.succeed(null));
        return reply.future();
    }

    private void closeProducer() {
        try {
            current.ifPresent(
                    session -> session.producer().close(parts.limits().deliveryTimeout()));
        } catch (KafkaException e) {
            pending.failAll(KafkaFailures.translate("closing a writer", e));
        } finally {
            ended.complete();
        }
    }

    /** Completes when it is closed. */
    Future<Void> ended() {
        return ended.future();
    }
}
