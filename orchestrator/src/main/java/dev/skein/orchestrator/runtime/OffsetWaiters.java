package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.TopicPartition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Futures that wait until the fold has passed the records they depend on.
 *
 * <p>Confined to the context of the fold. A record may be folded before its writer hears of its
 * acknowledgement, so a new waiter first looks at what has passed already.
 */
final class OffsetWaiters {
    private final Map<TopicPartition, Long> passed = new HashMap<>();
    private final Map<TopicPartition, NavigableMap<Long, List<Waiter>>> waiting = new HashMap<>();

    /** Completes once the fold has passed all of these; at once if it has. */
    Future<Void> until(Collection<Position> positions) {
        Map<TopicPartition, Long> last = new HashMap<>();
        positions.forEach(each -> last.merge(each.topicPartition(), each.offset(), Math::max));
        last.entrySet().removeIf(each -> hasPassed(each.getKey(), each.getValue()));
        Waiter waiter = new Waiter(last.size());
        last.forEach((topicPartition, offset) -> park(topicPartition, offset, waiter));
        return waiter.done.future();
    }

    private void park(TopicPartition topicPartition, long offset, Waiter waiter) {
        waiting.computeIfAbsent(topicPartition, each -> new TreeMap<>())
                .computeIfAbsent(offset, each -> new ArrayList<>())
                .add(waiter);
    }

    private boolean hasPassed(TopicPartition topicPartition, long offset) {
        return passed.getOrDefault(topicPartition, -1L) >= offset;
    }

    /** The fold has passed this record; {@link #release()} lets those go that waited for it. */
    void pass(Position position) {
        passed.put(position.topicPartition(), position.offset());
    }

    /** Completes what waited for records that have passed, oldest first. */
    void release() {
        List<Waiter> free = new ArrayList<>();
        waiting.forEach(
                (topicPartition, waiters) ->
                        collect(waiters, passed.getOrDefault(topicPartition, -1L), free));
        waiting.values().removeIf(Map::isEmpty);
        free.forEach(Waiter::countDown);
    }

    private static void collect(
            NavigableMap<Long, List<Waiter>> waiters, long offset, List<Waiter> free) {
        NavigableMap<Long, List<Waiter>> due = waiters.headMap(offset, true);
        due.values().forEach(free::addAll);
        due.clear();
    }

    /** Fails everything that waits: the fold goes no further. */
    void fail(Throwable cause) {
        List<Waiter> all = new ArrayList<>();
        waiting.values().forEach(waiters -> waiters.values().forEach(all::addAll));
        waiting.clear();
        all.forEach(waiter -> waiter.done.tryFail(cause));
    }

    /** How far the fold has come, for one line of the log and for health. */
    Map<TopicPartition, Long> positions() {
        return new TreeMap<>(passed);
    }

    private static final class Waiter {
        private final Promise<Void> done = Promise.promise();
        private int partitionsLeft;

        Waiter(int partitionsLeft) {
            this.partitionsLeft = partitionsLeft;
            if (partitionsLeft == 0) {
                done.complete();
            }
        }

        void countDown() {
            partitionsLeft--;
            if (partitionsLeft == 0) {
                done.tryComplete();
            }
        }
    }
}
