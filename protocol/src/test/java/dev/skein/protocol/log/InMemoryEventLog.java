package dev.skein.protocol.log;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One process's view of an {@link InMemoryBroker}: the event log of tests without Kafka.
 *
 * <p>Passes the same contract as the log on Kafka. Every answer arrives on the caller's context,
 * never within the call.
 */
public final class InMemoryEventLog implements EventLog {
    private final Vertx vertx;
    private final InMemoryBroker broker;
    private final Deque<Supplier<Future<Void>>> opened = new ArrayDeque<>();

    /** A log over the broker's records. */
    public InMemoryEventLog(Vertx vertx, InMemoryBroker broker) {
        this.vertx = vertx;
        this.broker = broker;
    }

    @Override
    public int partitions(Topic topic) {
        return broker.layout().count(topic);
    }

    @Override
    public TopicPartition partitionOf(Topic topic, String key) {
        return broker.layout().partitionOf(topic, key);
    }

    @Override
    public Set<TopicPartition> topicPartitions(Topic topic) {
        return broker.layout().topicPartitions(topic);
    }

    @Override
    public LogWriter writer() {
        return new Writer(broker::append);
    }

    @Override
    public Future<LogWriter> exclusiveWriter(String name) {
        long epoch = broker.newWriterEpoch(name);
        LogWriter writer = new Writer(entries -> broker.appendAtomically(name, epoch, entries));
        ContextPromise<LogWriter> reply = ContextPromise.toCaller(vertx);
        reply.succeed(writer);
        return reply.future();
    }

    @Override
    public LogFeed follow(Set<TopicPartition> topicPartitions, RecordSink sink) {
        InMemoryFeed feed = new InMemoryFeed(vertx, broker, topicPartitions, sink);
        remember(feed::close);
        return feed;
    }

    @Override
    public Future<LogRecord> read(Position position) {
        ContextPromise<LogRecord> reply = ContextPromise.toCaller(vertx);
        broker.at(position)
                .ifPresentOrElse(
                        reply::succeed, () -> reply.fail(LogUnavailable.missing(position)));
        return reply.future();
    }

    @Override
    public LeaderElection standForElection(String election, LeaderElection.Candidate candidate) {
        InMemoryLeaderElection leaderElection =
                new InMemoryLeaderElection(vertx, broker, election, candidate);
        broker.enter(election, leaderElection);
        remember(leaderElection::close);
        return leaderElection;
    }

    private synchronized void remember(Supplier<Future<Void>> close) {
        opened.push(close);
    }

    @Override
    public synchronized Future<Void> close() {
        List<Future<Void>> closing = new ArrayList<>();
        while (!opened.isEmpty()) {
            closing.add(opened.pop().get());
        }
        return Future.join(closing).mapEmpty();
    }

    private final class Writer implements LogWriter {
        private final Function<List<Entry>, List<Position>> append;
        private boolean closed;

        Writer(Function<List<Entry>, List<Position>> append) {
            this.append = append;
        }

        @Override
        public synchronized Future<List<Position>> append(List<Entry> entries) {
            ContextPromise<List<Position>> reply = ContextPromise.toCaller(vertx);
            try {
                if (closed) {
                    throw new LogUnavailable("the writer is closed", null);
                }
                reply.succeed(append.apply(List.copyOf(entries)));
            } catch (RuntimeException e) {
                reply.fail(e);
            }
            return reply.future();
        }

        @Override
        public synchronized Future<Void> close() {
            closed = true;
            ContextPromise<Void> reply = ContextPromise.toCaller(vertx);
            reply.succeed(null);
            return reply.future();
        }
    }
}
