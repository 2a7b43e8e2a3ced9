package dev.skein.protocol.log;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;

/**
 * Appends atomically with a transactional producer, and fences older writers of its name.
 *
 * <p>Appends that came while a transaction was under way share the next one: all of each, or none,
 * and one round of waiting for many. A transaction that fails is aborted and its appends fail; a
 * writer that was fenced, or does not know how its transaction ended, is dead.
 */
final class ExclusiveWriter implements LogWriter {
    private static final int GROUP_RECORDS_MAX = 1_000;
    private static final int GROUP_BYTES_MAX = KafkaClients.RECORD_BYTES_MAX;

    private final KafkaParts parts;
    private final String name;
    private final PendingAppends pending;
    private final Queue<AppendRequest> queue = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread;
    private final Promise<Void> ended = Promise.promise();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Confined to the writer's thread, as is the next one. */
    private Optional<TransactionalProducer> producer = Optional.empty();

    private Optional<LogFenced> dead = Optional.empty();

    private ExclusiveWriter(KafkaParts parts, String name) {
        this.parts = parts;
        this.name = name;
        this.thread = LogThreads.single("skein-log-writer-" + name);
        this.pending =
                new PendingAppends(
                        parts.vertx(), parts.metrics(), parts.limits().appendsWaitingMax());
    }

    /** Fences the older writers; fails as {@link EventLog#exclusiveWriter} says. */
    static Future<ExclusiveWriter> open(KafkaParts parts, String name) {
        ContextPromise<ExclusiveWriter> reply = ContextPromise.toCaller(parts.vertx());
        ExclusiveWriter writer = new ExclusiveWriter(parts, name);
        writer.thread.execute(() -> writer.open(reply));
        return reply.future();
    }

    private void open(ContextPromise<ExclusiveWriter> reply) {
        try {
            producer = Optional.of(TransactionalProducer.open(parts, name));
            reply.succeed(this);
        } catch (KafkaException e) {
            reply.fail(KafkaFailures.translate("opening exclusive writer " + name, e));
            beginClose();
        }
    }

    @Override
    public Future<List<Position>> append(List<Entry> entries) {
        AppendRequest request = pending.add(entries);
        try {
            queue.add(request);
            thread.execute(this::writeGroup);
        } catch (RejectedExecutionException e) {
            pending.fail(request, new LogUnavailable("writer " + name + " is closed", null));
        }
        return request.promise().future();
    }

    /** Runs once for each append; most find that an earlier turn has written theirs already. */
    private void writeGroup() {
        List<EncodedAppend> group = nextGroup();
        if (dead.isPresent()) {
            pending.failAll(dead.get());
        } else if (!group.isEmpty()) {
            write(group);
        }
    }

    private List<EncodedAppend> nextGroup() {
        List<EncodedAppend> group = new ArrayList<>();
        int records = 0;
        long bytes = 0;
        while (records < GROUP_RECORDS_MAX && bytes < GROUP_BYTES_MAX && !queue.isEmpty()) {
            Optional<EncodedAppend> next = encode(queue.remove());
            if (next.isPresent()) {
                group.add(next.get());
                records += next.get().records().size();
                bytes += next.get().bytes();
            }
        }
        return group;
    }

    private Optional<EncodedAppend> encode(AppendRequest request) {
        if (!pending.waits(request)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EncodedAppend.of(request, parts.codec()));
        } catch (RuntimeException e) {
            // The entries themselves cannot be written: the others of the group can.
            pending.fail(request, e);
            return Optional.empty();
        }
    }

    private void write(List<EncodedAppend> group) {
        String attempted = group.get(0).request().describe() + " by " + name;
        Map<AppendRequest, List<Position>> positions;
        try {
            positions = producer.orElseThrow().write(group);
        } catch (KafkaException | IllegalStateException e) {
            takeBack(attempted, e);
            return;
        }
        try {
            producer.orElseThrow().commit();
        } catch (KafkaException | IllegalStateException e) {
            die(attempted + " may have been written or not; a new writer finds out: ", e);
            return;
        }
        positions.forEach(pending::succeed);
    }

    private void takeBack(String attempted, RuntimeException failure) {
        switch (KafkaFailures.kind(failure)) {
            case FENCED, FORBIDDEN -> die(attempted + ": ", failure);
            case PASSING, REFUSED, LOST, UNKNOWN -> {
                // Told before the abort: without a commit nothing of it can be read any more.
                pending.failAll(KafkaFailures.translate(attempted, failure));
                abort(attempted);
            }
        }
    }

    private void abort(String attempted) {
        try {
            producer.orElseThrow().abort();
        } catch (KafkaException | IllegalStateException e) {
            die(attempted + " could not be taken back: ", e);
        }
    }

    private void die(String attempted, RuntimeException failure) {
        LogFenced death = new LogFenced(attempted + KafkaFailures.reason(failure), failure);
        dead = Optional.of(death);
        pending.failAll(death);
        producer.ifPresent(each -> each.close(Duration.ZERO));
    }

    @Override
    public Future<Void> close() {
        ContextPromise<Void> reply = ContextPromise.toCaller(parts.vertx());
        beginClose();
        ended.future().onComplete(ignored -> reply.succeed(null));
        return reply.future();
    }

    private void beginClose() {
        if (closing.compareAndSet(false, true)) {
            thread.execute(this::closeProducer);
            thread.shutdown();
        }
    }

    private void closeProducer() {
        try {
            producer.ifPresent(each -> each.close(parts.limits().answerTimeout()));
        } catch (KafkaException e) {
            // Nothing is under way any more: its transactions have ended or will be fenced.
        } finally {
            ended.complete();
        }
    }

    /** Completes when it is closed. */
    Future<Void> ended() {
        return ended.future();
    }
}
