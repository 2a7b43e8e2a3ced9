package dev.skein.orchestrator.http;

import dev.skein.orchestrator.runtime.EventTail;
import dev.skein.orchestrator.runtime.Subscription;
import dev.skein.orchestrator.runtime.TailPage;
import dev.skein.protocol.log.LogRecord;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One caller who follows the log. Confined to its verticle's context.
 *
 * <p>It pulls: as long as the caller's connection takes more, it reads on in the tail; when the
 * connection is full it stops, and continues once it has drained. A caller so slow that the tail
 * has forgotten what comes next is told by a gap how much was skipped. Nothing is queued for it.
 */
final class EventStream {
    private static final int BATCH_MAX = 100;

    private final EventTail tail;
    private final EventFrames frames;
    private final Context context;
    private final HttpServerResponse response;
    private Predicate<LogRecord> filter = record -> true;
    private Subscription subscription = () -> {};
    private long index;
    private boolean scheduled;
    private boolean closed;

    EventStream(EventTail tail, EventFrames frames, Context context, HttpServerResponse response) {
        this.tail = tail;
        this.frames = frames;
        this.context = context;
        this.response = response;
    }

    /** Shows what is appended from now on. */
    void followNew(Predicate<LogRecord> wanted) {
        follow(wanted, tail.end());
    }

    /** Shows what comes after a record that the caller has seen; empty if it is not known. */
    void followFrom(Predicate<LogRecord> wanted, OptionalLong next) {
        if (next.isEmpty()) {
            write(EventFrames.gap(OptionalLong.empty()));
        }
        follow(wanted, next.orElseGet(this::oldest));
    }

    private long oldest() {
        TailPage first = tail.read(0, 1);
        return first.next() - first.records().size();
    }

    private void follow(Predicate<LogRecord> wanted, long from) {
        filter = wanted;
        index = from;
        response.drainHandler(drained -> pump());
        subscription = tail.onAppended(this::pump);
        pump();
    }

    private void pump() {
        scheduled = false;
        if (closed || response.writeQueueFull()) {
            return;
        }
        TailPage page = tail.read(index, BATCH_MAX);
        if (page.missed() > 0) {
            write(EventFrames.gap(OptionalLong.of(page.missed())));
        }
        show(page);
        index = page.next();
        // Other requests have their turn between two batches.
        if (page.records().size() == BATCH_MAX && !scheduled) {
            scheduled = true;
            context.runOnContext(ignored -> pump());
        }
    }

    private void show(TailPage page) {
        List<LogRecord> records = page.records();
        long first = page.next() - records.size();
        for (int offset = 0; offset < records.size(); offset++) {
            LogRecord record = records.get(offset);
            if (filter.test(record)) {
                write(frames.of(first + offset, record));
            }
        }
    }

    /** Shows the caller, and everything between, that the connection is alive. */
    void beat() {
        if (!response.writeQueueFull()) {
            write(EventFrames.HEARTBEAT);
        }
    }

    private void write(Buffer frame) {
        if (!closed) {
            response.write(frame);
        }
    }

    void close() {
        closed = true;
        subscription.close();
    }
}
