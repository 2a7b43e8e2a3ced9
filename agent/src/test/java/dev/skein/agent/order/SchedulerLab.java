package dev.skein.agent.order;

import static dev.skein.agent.order.Facts.AGENT;
import static dev.skein.agent.order.Facts.db;
import static dev.skein.agent.order.Facts.order;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.DatabaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A scheduler, what it asked for, and the words in which tests tell it what happened. */
final class SchedulerLab {
    static final Progress NOTHING = new Progress(0, 0);

    final OrderScheduler scheduler = new OrderScheduler(AGENT, Map.of("pg-1", 2, "pg-2", 1));
    final List<OrderAction> actions = new ArrayList<>();
    private long sequence;

    void opened(String... names) {
        databases(names);
        take(scheduler.open());
    }

    void databases(String... names) {
        Set<DatabaseId> found = new TreeSet<>();
        for (String name : names) {
            found.add(db(name));
        }
        take(scheduler.databases(found, Set.of()));
    }

    /** All databases of the first server, and whether these are all of them. */
    void allDatabases(String... names) {
        Set<DatabaseId> found = new TreeSet<>();
        for (String name : names) {
            found.add(db(name));
        }
        take(scheduler.databases(found, Set.of("pg-1")));
    }

    void live(OrderIssued order) {
        take(scheduler.order(order, true));
    }

    void old(OrderIssued order) {
        take(scheduler.order(order, false));
    }

    void said(RolloutEvent event) {
        take(scheduler.rollout(++sequence, event));
    }

    List<OrderAction> endedAtPause(OrderIssued order, int pause) {
        OrderPaused report =
                new OrderPaused(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        pause,
                        new Progress(1, 3),
                        order.at());
        return scheduler.ended(order, ExecutionEnd.PAUSED, Optional.of(report));
    }

    void take(List<OrderAction> next) {
        actions.addAll(next);
    }
}
