package dev.skein.agent.order;

import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.LeaderEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogCorrupt;
import dev.skein.protocol.log.LogFeed;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.RecordSink;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import dev.skein.protocol.log.UnreadableRecord;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent reads of the log: all rollouts, and the orders in the partitions of its databases.
 *
 * <p>Confined to the context it was created on. A feed that stops by itself is a fault.
 */
public final class OrderFeeds {
    private static final Logger LOGGER = LoggerFactory.getLogger(OrderFeeds.class);

    private final EventLog log;
    private final OrderDispatcher dispatcher;
    private final FaultHandler faults;
    private Optional<LogFeed> rollouts = Optional.empty();
    private Optional<LogFeed> orders = Optional.empty();
    private Set<TopicPartition> followed = new TreeSet<>();
    private int changes;
    private int changesDone;

    /** Told of each decision that names databases of a rollout. */
    private Runnable named = () -> {};

    public OrderFeeds(EventLog log, OrderDispatcher dispatcher, FaultHandler faults) {
        this.log = log;
        this.dispatcher = dispatcher;
        this.faults = faults;
    }

    /** Follows the topic of rollouts; completes once everything written before is known. */
    public Future<Void> followRollouts() {
        LogFeed feed = opened(log.topicPartitions(Topic.ROLLOUTS), this::rollout);
        rollouts = Optional.of(feed);
        return feed.caughtUp();
    }

    /** Tells the listener of each decision from now on that names databases of a rollout. */
    public void onNamed(Runnable listener) {
        named = listener;
    }

    /** Completes once every decision written before this call has been taken. */
    public Future<Void> rolloutsKnown() {
        return rollouts.map(feed -> feed.follow(log.topicPartitions(Topic.ROLLOUTS)))
                .orElseGet(Future::succeededFuture);
    }

    /**
     * Follows the orders of these databases from now on, and of those followed before: an order may
     * be on its way to a database that is gone, and is to be answered.
     *
     * @return whether no later call came in between; completes once every order written before for
     *     these databases is known
     */
    public Future<Boolean> followOrdersOf(Collection<DatabaseId> databases) {
        Set<TopicPartition> topicPartitions = new TreeSet<>(followed);
        databases.forEach(
                each -> topicPartitions.add(log.partitionOf(Topic.ORDERS, each.toString())));
        int change = ++changes;
        return follow(topicPartitions)
                .map(
                        known -> {
                            changesDone = Math.max(changesDone, change);
                            return change == changes;
                        });
    }

    private Future<Void> follow(Set<TopicPartition> topicPartitions) {
        // A change under way is waited for even by a call that changes nothing itself.
        if (topicPartitions.equals(followed) && changesDone == changes - 1) {
            return Future.succeededFuture();
        }
        followed = topicPartitions;
        if (orders.isPresent()) {
            return orders.get().follow(topicPartitions);
        }
        LogFeed feed = opened(topicPartitions, this::order);
        orders = Optional.of(feed);
        return feed.caughtUp();
    }

    /** Reads nothing more. Never fails. */
    public Future<Void> close() {
        return closed(rollouts).compose(done -> closed(orders));
    }

    private LogFeed opened(Set<TopicPartition> topicPartitions, Consumer<LogRecord> reader) {
        LogFeed feed = log.follow(topicPartitions, new Reading(reader));
        feed.stopped().onFailure(failure -> faults.fault("reading " + topicPartitions, failure));
        return feed;
    }

    private void rollout(LogRecord record) {
        if (record.envelope().event() instanceof RolloutEvent event) {
            dispatcher.rollout(record.position(), record.envelope().sequence(), event);
            if (event instanceof RolloutOpened || event instanceof DatabasesJoined) {
                named.run();
            }
        } else if (!(record.envelope().event() instanceof LeaderEvent)) {
            throw misplaced(record);
        }
    }

    private void order(LogRecord record) {
        if (record.envelope().event() instanceof OrderIssued order) {
            dispatcher.order(order, changesDone == changes);
        } else {
            throw misplaced(record);
        }
    }

    private static IllegalStateException misplaced(LogRecord record) {
        return new IllegalStateException(
                "the record at %s is of another topic".formatted(record.position()));
    }

    private static Future<Void> closed(Optional<LogFeed> feed) {
        return feed.map(LogFeed::close).orElseGet(Future::succeededFuture);
    }

    /**
     * Only the leader writes what is read here, so that a person has to say what is passed over.
     */
    private final class Reading implements RecordSink {
        private final Consumer<LogRecord> reader;

        Reading(Consumer<LogRecord> reader) {
            this.reader = reader;
        }

        @Override
        public Future<Void> accept(List<LogRecord> batch) {
            for (int index = 0; index < batch.size(); index++) {
                LogRecord record = batch.get(index);
                try {
                    reader.accept(record);
                } catch (RuntimeException e) {
                    List<LogRecord> rest = batch.subList(index + 1, batch.size());
                    return skipOrStop(record.position(), Optional.of(record.key()), e)
                            .compose(skipped -> accept(rest));
                }
            }
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> unreadable(UnreadableRecord record) {
            return skipOrStop(
                    record.position(), record.key(), new LogCorrupt(record.problem(), null));
        }

        private Future<Void> skipOrStop(
                Position position, Optional<String> key, RuntimeException problem) {
            return log.skipOf(position)
                    .otherwise(Optional.empty())
                    .compose(
                            decision -> {
                                if (decision.isEmpty()) {
                                    return Future.failedFuture(problem);
                                }
                                LOGGER.atWarn()
                                        .addKeyValue("offset", position)
                                        .addKeyValue("error", problem.getMessage())
                                        .log("Passed over: {}", decision.get().summary());
                                if (position.topicPartition().topic() == Topic.ROLLOUTS) {
                                    key.ifPresent(dispatcher::skipped);
                                }
                                return Future.<Void>succeededFuture();
                            });
        }
    }
}
