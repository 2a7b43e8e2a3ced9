package dev.skein.protocol.log;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Follows partitions of an {@link InMemoryBroker}; its state is confined to the opening context.
 */
final class InMemoryFeed implements LogFeed {
    private static final int BATCH_MAX = 100;

    private final Vertx vertx;
    private final InMemoryBroker broker;
    private final RecordSink sink;
    private final Context context;
    private final Runnable wake;
    private final Map<TopicPartition, Long> next = new TreeMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private final Promise<Void> stopped = Promise.promise();
    private final Future<Void> caughtUp;
    private boolean busy;

    private record Goal(Map<TopicPartition, Long> ends, ContextPromise<Void> reply) {}

    InMemoryFeed(
            Vertx vertx,
            InMemoryBroker broker,
            Set<TopicPartition> topicPartitions,
            RecordSink sink) {
        this.vertx = vertx;
        this.broker = broker;
        this.sink = sink;
        this.context = vertx.getOrCreateContext();
        this.wake = () -> ContextPromise.enter(context, this::pump);
        this.caughtUp = follow(topicPartitions);
        broker.listen(wake);
    }

    @Override
    public Future<Void> caughtUp() {
        return caughtUp;
    }

    @Override
    public Future<Void> follow(Set<TopicPartition> topicPartitions) {
        ContextPromise<Void> reply = ContextPromise.toCaller(vertx);
        Map<TopicPartition, Long> ends = new TreeMap<>();
        topicPartitions.forEach(
                topicPartition -> ends.put(topicPartition, broker.end(topicPartition)));
        ContextPromise.enter(context, () -> change(new Goal(ends, reply)));
        return reply.future();
    }

    private void change(Goal goal) {
        next.keySet().retainAll(goal.ends().keySet());
        goal.ends().keySet().forEach(topicPartition -> next.putIfAbsent(topicPartition, 0L));
        goals.add(goal);
        pump();
    }

    private void pump() {
        if (busy || stopped.future().isComplete()) {
            return;
        }
        List<LogRecord> batch = broker.held() ? List.of() : takeBatch();
        Optional<UnreadableRecord> unreadable =
                broker.held() || !batch.isEmpty() ? Optional.empty() : takeUnreadable();
        tellGoals(batch.isEmpty() && unreadable.isEmpty());
        if (!batch.isEmpty()) {
            deliver(() -> sink.accept(batch));
        } else if (unreadable.isPresent()) {
            deliver(() -> sink.unreadable(unreadable.get()));
        }
    }

    private void deliver(Supplier<Future<Void>> next) {
        busy = true;
        taking(next).onComplete(done -> ContextPromise.enter(context, () -> taken(done)));
    }

    private static Future<Void> taking(Supplier<Future<Void>> next) {
        try {
            return next.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private List<LogRecord> takeBatch() {
        List<LogRecord> batch = new ArrayList<>();
        for (Map.Entry<TopicPartition, Long> each : next.entrySet()) {
            long end = broker.end(each.getKey());
            while (each.getValue() < end
                    && batch.size() < BATCH_MAX
                    && broker.unreadableAt(new Position(each.getKey(), each.getValue()))
                            .isEmpty()) {
                broker.at(new Position(each.getKey(), each.getValue())).ifPresent(batch::add);
                each.setValue(each.getValue() + 1);
            }
        }
        return batch;
    }

    private Optional<UnreadableRecord> takeUnreadable() {
        for (Map.Entry<TopicPartition, Long> each : next.entrySet()) {
            Optional<UnreadableRecord> unreadable =
                    broker.unreadableAt(new Position(each.getKey(), each.getValue()));
            if (unreadable.isPresent()) {
                each.setValue(each.getValue() + 1);
                return unreadable;
            }
        }
        return Optional.empty();
    }

    /** A goal is reached only when the sink has taken what leads there. */
    private void tellGoals(boolean sinkIdle) {
        for (Iterator<Goal> each = goals.iterator(); sinkIdle && each.hasNext(); ) {
            Goal goal = each.next();
            if (reached(goal)) {
                each.remove();
                goal.reply().succeed(null);
            }
        }
    }

    private boolean reached(Goal goal) {
        return goal.ends().entrySet().stream()
                .allMatch(end -> next.getOrDefault(end.getKey(), Long.MAX_VALUE) >= end.getValue());
    }

    private void taken(AsyncResult<Void> done) {
        busy = false;
        if (done.failed()) {
            stop(done.cause());
        } else {
            pump();
        }
    }

    private void stop(Throwable cause) {
        broker.unlisten(wake);
        if (cause == null) {
            stopped.tryComplete();
        } else {
            stopped.tryFail(cause);
        }
        Throwable told = cause == null ? new LogUnavailable("the feed was closed", null) : cause;
        goals.forEach(goal -> goal.reply().fail(told));
        goals.clear();
    }

    @Override
    public Future<Void> stopped() {
        return stopped.future();
    }

    @Override
    public Future<Void> close() {
        ContextPromise<Void> reply = ContextPromise.toCaller(vertx);
        ContextPromise.enter(
                context,
                () -> {
                    stop(null);
                    reply.succeed(null);
                });
        return reply.future();
    }
}
