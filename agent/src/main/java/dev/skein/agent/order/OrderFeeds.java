package dev.skein.agent.order;

import dev.skein.protocol.event.LeaderEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogFeed;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.RecordSink;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What an agent reads of the log: all rollouts, and the orders in the partitions of its databases.
 *
 * <p>Confined to the context it was created on. A feed that stops by itself is a fault.
 */
public final class OrderFeeds {
    private final EventLog log;
    private final OrderDispatcher dispatcher;
    private final FaultHandler faults;
    private Optional<LogFeed> rollouts = Optional.empty();
    private Optional<LogFeed> orders = Optional.empty();
    private Set<TopicPartition> followed = new TreeSet<>();
    private int changes;
    private int changesDone;

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

    private record Reading(Consumer<LogRecord> reader) implements RecordSink {
        @Override
        public Future<Void> accept(List<LogRecord> batch) {
            batch.forEach(reader);
            return Future.succeededFuture();
        }
    }
}
