package dev.skein.protocol.log;

import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.event.RecordSkipped;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The event log on Apache Kafka.
 *
 * <p>Outlasts brokers that are away: feeds and leader elections continue by themselves, appends
 * wait up to the delivery timeout. Every feed, writer and election has a thread of its own; single
 * records are read on one more, and one sees to it that no topic goes away unnoticed: then all
 * feeds stop with {@link LogCorrupt}.
 */
public final class KafkaEventLog implements EventLog {
    private final KafkaParts parts;
    private final LogTopics.OpenTopics topics;
    private final TopicLayout layout;
    private final RecordReader reader;
    private final TopicWatch watch;
    private final Set<Supplier<Future<Void>>> opened = ConcurrentHashMap.newKeySet();

    private KafkaEventLog(KafkaParts parts, LogTopics.OpenTopics topics, TopicWatch watch) {
        this.parts = parts;
        this.topics = topics;
        this.layout = topics.layout();
        this.watch = watch;
        this.reader = new RecordReader(parts);
    }

    /**
     * Opens the log, creating topics that are missing.
     *
     * @return fails with {@link LogUnavailable} if the brokers do not answer in time, or topics are
     *     missing that this process may not create; with {@link LogRefused} if the brokers refuse
     *     the client; with {@link LogMisconfigured} if the topics that exist would lose records, or
     *     do not fit together
     */
    public static Future<KafkaEventLog> open(
            Vertx vertx, LogConfig config, MeterRegistry registry) {
        return vertx.executeBlocking(() -> connect(vertx, config, registry), false)
                .compose(log -> log.asItWasBegun(config));
    }

    /** Fails, and closes the log, if its keys were spread over another number of partitions. */
    private Future<KafkaEventLog> asItWasBegun(LogConfig config) {
        if (!topics.begun()) {
            return Future.succeededFuture(this);
        }
        // A reader of the first decision says better than this what is wrong with it.
        return read(new Position(new TopicPartition(Topic.ROLLOUTS, 0), 0))
                .map(Optional::of)
                .otherwise(Optional.empty())
                .map(first -> first.flatMap(each -> spread(config, each)))
                .compose(
                        problem ->
                                problem.isEmpty()
                                        ? Future.succeededFuture(this)
                                        : close().compose(
                                                        closed ->
                                                                Future.failedFuture(
                                                                        problem.get())));
    }

    private Optional<LogMisconfigured> spread(LogConfig config, LogRecord first) {
        int now = layout.count(Topic.ORDERS);
        if (first.envelope().event() instanceof LogCreated created) {
            int begun = created.partitions().orElse(now);
            return begun == now
                    ? Optional.empty()
                    : Optional.of(TopicCheck.spread(config, begun, now));
        }
        return Optional.empty();
    }

    private static KafkaEventLog connect(Vertx vertx, LogConfig config, MeterRegistry registry) {
        TopicNames names = new TopicNames(config.topicPrefix());
        KafkaClients clients = new KafkaClients(config, names);
        LogTopics.OpenTopics topics = topics(clients, names, config);
        RecordCodec codec = new RecordCodec(names, topics.layout());
        LogMetrics metrics = new LogMetrics(registry);
        return new KafkaEventLog(
                new KafkaParts(vertx, config.limits(), clients, codec, names, metrics),
                topics,
                TopicWatch.start(clients, topics.ids()));
    }

    private static LogTopics.OpenTopics topics(
            KafkaClients clients, TopicNames names, LogConfig config) {
        try (Admin admin = clients.admin()) {
            return new LogTopics(admin, names, config).ensure();
        } catch (KafkaException e) {
            throw KafkaFailures.translate("opening the log at " + config.bootstrapServers(), e);
        }
    }

    @Override
    public int partitions(Topic topic) {
        return layout.count(topic);
    }

    @Override
    public TopicPartition partitionOf(Topic topic, String key) {
        return layout.partitionOf(topic, key);
    }

    @Override
    public Set<TopicPartition> topicPartitions(Topic topic) {
        return layout.topicPartitions(topic);
    }

    @Override
    public LogWriter writer() {
        PlainWriter writer = new PlainWriter(parts);
        remember(writer::close, writer.ended());
        return writer;
    }

    @Override
    public Future<LogWriter> exclusiveWriter(String name) {
        return ExclusiveWriter.open(parts, name)
                .onSuccess(writer -> remember(writer::close, writer.ended()))
                .map(LogWriter.class::cast);
    }

    @Override
    public LogFeed follow(Set<TopicPartition> topicPartitions, RecordSink sink) {
        KafkaFeed feed = new KafkaFeed(parts, topicPartitions, sink);
        Runnable forget = watch.onLoss(feed::fail);
        remember(feed::close, feed.ended());
        feed.ended().onComplete(ended -> forget.run());
        return feed;
    }

    @Override
    public Future<LogRecord> read(Position position) {
        return reader.read(position);
    }

    /**
     * Reads one record as it lies there, whether it can be decoded or not.
     *
     * @return fails as {@link #read}
     */
    public Future<RawRecord> raw(Position position) {
        return reader.readRaw(position);
    }

    @Override
    public Future<Optional<RecordSkipped>> skipOf(Position position) {
        // A log of before has no topic for such decisions, and an agent may not make it.
        return topics.absent().contains(Topic.SKIPS)
                ? Future.succeededFuture(Optional.empty())
                : EventLog.super.skipOf(position);
    }

    @Override
    public LeaderElection standForElection(String election, LeaderElection.Candidate candidate) {
        KafkaLeaderElection leaderElection = KafkaLeaderElection.enter(parts, election, candidate);
        remember(leaderElection::close, leaderElection.ended());
        return leaderElection;
    }

    private void remember(Supplier<Future<Void>> close, Future<Void> ended) {
        opened.add(close);
        ended.onComplete(ignored -> opened.remove(close));
    }

    @Override
    public Future<Void> close() {
        watch.close();
        List<Future<Void>> closing = new ArrayList<>();
        opened.forEach(close -> closing.add(close.get()));
        closing.add(reader.close());
        return Future.join(closing).mapEmpty();
    }
}
