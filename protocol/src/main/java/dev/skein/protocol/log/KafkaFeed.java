package dev.skein.protocol.log;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A feed over Kafka: gives its sink what the poll thread has buffered, one batch at a time.
 *
 * <p>Credit is one batch: the next one is taken from the buffer when the sink has taken the last.
 * Its state is confined to the context that opened it, except for the goals.
 */
final class KafkaFeed implements LogFeed {
    private static final int BATCH_MAX = 500;

    private final KafkaParts parts;
    private final RecordSink sink;
    private final Context context;
    private final FeedBuffer buffer;
    private final FeedLoop loop;
    private final List<ContextPromise<Void>> goals = new ArrayList<>();
    private final Promise<Void> stopped = Promise.promise();
    private final Promise<Void> ended = Promise.promise();
    private final Future<Void> caughtUp;
    private boolean busy;
    private boolean over;

    KafkaFeed(KafkaParts parts, Set<TopicPartition> topicPartitions, RecordSink sink) {
        this.parts = parts;
        this.sink = sink;
        this.context = parts.vertx().getOrCreateContext();
        this.buffer = new FeedBuffer(parts.limits().recordsQueuedMax());
        this.loop = new FeedLoop(parts, buffer, new PollThread());
        this.caughtUp = follow(topicPartitions);
        loop.start();
    }

    @Override
    public Future<Void> caughtUp() {
        return caughtUp;
    }

    @Override
    public Future<Void> follow(Set<TopicPartition> topicPartitions) {
        ContextPromise<Void> reply = ContextPromise.toCaller(parts.vertx());
        Set<TopicPartition> wanted = new TreeSet<>(topicPartitions);
        synchronized (goals) {
            if (over) {
                reply.fail(new LogUnavailable("following " + wanted + ": the feed stopped", null));
                return reply.future();
            }
            goals.removeIf(goal -> goal.future().isComplete());
            goals.add(reply);
            buffer.want(wanted);
            loop.pursue(new FeedGoal(wanted, reply));
        }
        return reply.future();
    }

    @Override
    public Future<Void> stopped() {
        return stopped.future();
    }

    @Override
    public Future<Void> close() {
        ContextPromise<Void> reply = ContextPromise.toCaller(parts.vertx());
        ContextPromise.enter(context, () -> stop(null));
        ended.future().onComplete(ignored -> reply.succeed(null));
        return reply.future();
    }

    /** Stops for good, with this failure, once what was read before has been taken. Any thread. */
    void fail(RuntimeException failure) {
        buffer.mark(() -> stop(failure));
        ContextPromise.enter(context, this::pump);
    }

    /** Completes when its thread has ended. */
    Future<Void> ended() {
        return ended.future();
    }

    private void pump() {
        if (busy || over) {
            return;
        }
        buffer.dueMarks().forEach(Runnable::run);
        if (!over) {
            next().ifPresent(this::deliver);
        }
    }

    /** What the sink is to take next. */
    private Optional<Supplier<Future<Void>>> next() {
        Optional<UnreadableRecord> unreadable = buffer.takeUnreadable();
        if (unreadable.isPresent()) {
            return Optional.of(() -> sink.unreadable(unreadable.get()));
        }
        List<LogRecord> batch = buffer.take(BATCH_MAX);
        return batch.isEmpty() ? Optional.empty() : Optional.of(() -> sink.accept(batch));
    }

    private void deliver(Supplier<Future<Void>> next) {
        busy = true;
        loop.resumeIfRoomy();
        taking(next).onComplete(done -> ContextPromise.enter(context, () -> taken(done)));
    }

    private static Future<Void> taking(Supplier<Future<Void>> next) {
        try {
            return next.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void taken(AsyncResult<Void> done) {
        busy = false;
        if (done.failed()) {
            stop(done.cause());
        } else {
            pump();
        }
    }

    /** Stops for good, with a cause or because it was closed. */
    private void stop(Throwable cause) {
        List<ContextPromise<Void>> open;
        synchronized (goals) {
            if (over) {
                return;
            }
            over = true;
            open = List.copyOf(goals);
        }
        loop.end();
        Throwable told = cause == null ? new LogUnavailable("the feed was closed", null) : cause;
        open.forEach(goal -> goal.fail(told));
        if (cause == null) {
            stopped.complete();
        } else {
            stopped.fail(cause);
        }
    }

    private final class PollThread implements FeedLoop.PollObserver {
        @Override
        public void ready() {
            ContextPromise.enter(context, KafkaFeed.this::pump);
        }

        @Override
        public void failed(RuntimeException failure) {
            fail(failure);
        }

        @Override
        public void ended() {
            ContextPromise.enter(context, ended::tryComplete);
        }
    }
}
