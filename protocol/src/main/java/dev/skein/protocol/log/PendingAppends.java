package dev.skein.protocol.log;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The appends of one writer whose callers have not been told yet. Threads: any.
 *
 * <p>Keeps gaps out of the log. When an append fails, those that the same context called after it
 * must not succeed, or a reader would see a source's later event without the earlier one. So:
 *
 * <ol>
 *   <li>A failure of the connection fails everything that has no answer yet.
 *   <li>What a context appends before it has been told of that failure fails with it.
 *   <li>Each context is told of all these failures in one go, in the order of the calls.
 * </ol>
 */
final class PendingAppends {
    private final Vertx vertx;
    private final LogMetrics metrics;
    private final int max;
    private final Map<Context, CallerQueue> queues = new HashMap<>();
    private int size;

    /** One context's appends in the order of its calls, each with its answer once it has one. */
    private static final class CallerQueue {
        private final Map<AppendRequest, Optional<Future<List<Position>>>> requests =
                new LinkedHashMap<>();
        private Optional<RuntimeException> broken = Optional.empty();
    }

    PendingAppends(Vertx vertx, LogMetrics metrics, int max) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.max = max;
    }

    /** Takes the caller's entries in; the request is to be sent if it still waits then. */
    AppendRequest add(List<Entry> entries) {
        Context context = vertx.getOrCreateContext();
        AppendRequest request = new AppendRequest(entries, context, metrics.appendBegins());
        boolean full;
        synchronized (this) {
            full = size >= max;
            CallerQueue queue = queues.computeIfAbsent(context, ignored -> new CallerQueue());
            queue.requests.put(request, queue.broken.map(Future::failedFuture));
            size++;
        }
        if (full) {
            fail(request, new LogUnavailable(max + " appends wait already", null));
        } else if (request.entries().isEmpty()) {
            succeed(request, List.of());
        }
        return request;
    }

    /** Whether the request has no answer yet. */
    synchronized boolean waits(AppendRequest request) {
        CallerQueue queue = queues.get(request.context());
        return queue != null
                && queue.requests.containsKey(request)
                && queue.requests.get(request).isEmpty();
    }

    void succeed(AppendRequest request, List<Position> positions) {
        answer(request, Future.succeededFuture(positions));
    }

    /** Fails this request alone: there is something wrong with it and not with the log. */
    void fail(AppendRequest request, RuntimeException failure) {
        answer(request, Future.failedFuture(failure));
    }

    private void answer(AppendRequest request, Future<List<Position>> answer) {
        synchronized (this) {
            if (!waits(request)) {
                return;
            }
            queues.get(request.context()).requests.put(request, Optional.of(answer));
        }
        ContextPromise.enter(request.context(), () -> tell(request));
    }

    private void tell(AppendRequest request) {
        Optional<Future<List<Position>>> answer;
        synchronized (this) {
            CallerQueue queue = queues.get(request.context());
            if (queue == null || !queue.requests.containsKey(request)) {
                return;
            }
            answer = queue.requests.remove(request);
            size--;
            if (queue.requests.isEmpty() && queue.broken.isEmpty()) {
                queues.remove(request.context());
            }
        }
        tell(request, answer.orElseThrow());
    }

    /** Fails everything that has no answer yet. */
    void failAll(RuntimeException failure) {
        List<Context> told;
        synchronized (this) {
            Future<List<Position>> failed = Future.failedFuture(failure);
            for (CallerQueue queue : queues.values()) {
                queue.broken = Optional.of(failure);
                queue.requests.replaceAll(
                        (request, answer) -> answer.isPresent() ? answer : Optional.of(failed));
            }
            told = List.copyOf(queues.keySet());
        }
        told.forEach(context -> ContextPromise.enter(context, () -> tellAll(context)));
    }

    private void tellAll(Context context) {
        CallerQueue queue;
        synchronized (this) {
            queue = queues.get(context);
            if (queue == null || queue.broken.isEmpty()) {
                return;
            }
            queues.remove(context);
            size -= queue.requests.size();
        }
        queue.requests.forEach((request, answer) -> tell(request, answer.orElseThrow()));
    }

    private void tell(AppendRequest request, Future<List<Position>> answer) {
        if (answer.succeeded()) {
            request.entries().forEach(entry -> metrics.appended(entry.topic()));
            metrics.appendEnds(request.sample(), LogMetrics.AppendOutcome.OK);
            request.promise().complete(answer.result());
        } else {
            metrics.appendEnds(request.sample(), LogMetrics.AppendOutcome.FAILED);
            request.promise().fail(answer.cause());
        }
    }
}
