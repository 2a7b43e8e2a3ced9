package dev.skein.protocol.log;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps what a feed delivers; can hold a batch, or fail. Threads: any. */
public final class CollectingSink implements RecordSink {
    private final List<LogRecord> records = new ArrayList<>();
    private final Set<Context> contexts = new HashSet<>();
    private Promise<Void> gate;
    private int batches;

    @Override
    public synchronized Future<Void> accept(List<LogRecord> batch) {
        batches++;
        records.addAll(batch);
        contexts.add(Vertx.currentContext());
        return gate == null ? Future.succeededFuture() : gate.future();
    }

    /** The batches to come are not taken until {@link #release} or {@link #fail}. */
    public synchronized void hold() {
        gate = Promise.promise();
    }

    /** Takes the batch that is held, and those to come. */
    public void release() {
        openGate().complete();
    }

    /** Fails the batch that is held. */
    public void fail(Throwable failure) {
        openGate().fail(failure);
    }

    private synchronized Promise<Void> openGate() {
        Promise<Void> opened = gate;
        gate = null;
        return opened;
    }

    /** Everything delivered so far. */
    public synchronized List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** The records of one topic delivered so far. */
    public List<LogRecord> records(Topic topic) {
        return records().stream()
                .filter(record -> record.position().topicPartition().topic() == topic)
                .toList();
    }

    /** How many batches came. */
    public synchronized int batches() {
        return batches;
    }

    /** The contexts on which batches came. */
    public synchronized Set<Context> contexts() {
        return Set.copyOf(contexts);
    }

    /** Waits for this many records in all. */
    public void awaitRecords(int count) {
        Await.until(count + " records delivered", () -> records().size() >= count);
    }
}
