package dev.skein.agent.order;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All orders an agent knows, and what is to be done about them next.
 *
 * <p>Every operation takes one fact and answers with the actions that follow from it; the caller
 * carries them out and tells the scheduler how each execution ended. Not thread-safe: confined to
 * one context. No clock, no I/O.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>nothing begins before {@link #open};
 *   <li>a server never has more executions in flight than its limit;
 *   <li>a database never has two executions at once; a newer order waits for the older one's
 *       execution;
 *   <li>nothing begins after {@link #close}.
 * </ul>
 */
public final class OrderScheduler {
    private static final Comparator<OrderTask> OLDEST_FIRST =
            Comparator.comparing((OrderTask task) -> task.order().at())
                    .thenComparing(task -> task.order().database());

    private final AgentId agent;
    private final Map<String, ServerQueue> queues = new TreeMap<>();
    private final RolloutSignals signals = new RolloutSignals();
    private final Map<DatabaseId, OrderTask> tasks = new TreeMap<>();
    private final Map<DatabaseId, OrderTask> executing = new TreeMap<>();

    /** The last order of each database that went to another agent. */
    private final Map<DatabaseId, OrderIssued> elsewhere = new TreeMap<>();

    private Set<DatabaseId> databases = new TreeSet<>();

    /** Those that are there, though what was ordered of them may not have been read yet. */
    private Set<DatabaseId> announced = new TreeSet<>();

    /** Servers of which all databases are known. */
    private Set<String> complete = new TreeSet<>();

    private boolean open;
    private boolean closed;

    /**
     * @param agent whose orders these are
     * @param inFlightMax how many executions each server may have at once, by the server's name
     */
    public OrderScheduler(AgentId agent, Map<String, Integer> inFlightMax) {
        this.agent = agent;
        inFlightMax.forEach((server, limit) -> queues.put(server, new ServerQueue(limit)));
    }

    /** Everything written before the start is known: work may begin. */
    public List<OrderAction> open() {
        open = true;
        return scheduleAll();
    }

    /** Nothing begins any more; executions end before their next step. */
    public void close() {
        closed = true;
    }

    /**
     * The databases that the log is told of. An order of one of them may come at once; it waits
     * until {@link #databases} knows it, and is not answered as one for a database that is not
     * there.
     */
    public void announced(Set<DatabaseId> found) {
        announced = new TreeSet<>(found);
    }

    /**
     * The databases that are there now, and whose orders before this call have been read.
     *
     * @param ofServers the names of those servers that have no others
     */
    public List<OrderAction> databases(Set<DatabaseId> found, Set<String> ofServers) {
        databases = new TreeSet<>(found);
        complete = new TreeSet<>(ofServers);
        return scheduleAll();
    }

    /**
     * The orchestrator decided something about a rollout.
     *
     * @param sequence the event's number among its rollout's; one not above the last is a duplicate
     *     and changes nothing
     * @throws IllegalStateException if an event between is missing
     */
    public List<OrderAction> rollout(long sequence, RolloutEvent event) {
        return signals.apply(sequence, event) ? scheduleAll() : List.of();
    }

    /** A record under this key, of the topic of rollouts, was passed over. */
    void skipped(String key) {
        signals.skipped(key);
    }

    /**
     * An order was read; one with an epoch not above the known one changes nothing.
     *
     * @param live whether it was written after this process had caught up with its partition
     */
    public List<OrderAction> order(OrderIssued order, boolean live) {
        OrderTask known = tasks.get(order.database());
        OrderIssued other = elsewhere.get(order.database());
        boolean old =
                known != null && known.order().epoch() >= order.epoch()
                        || other != null && other.epoch() >= order.epoch();
        if (old) {
            return List.of();
        }
        List<OrderAction> actions = new ArrayList<>();
        if (order.agent().equals(agent)) {
            OrderTask task = new OrderTask(order, live && !hasPredecessor(order));
            tasks.put(order.database(), task);
            schedule(task, actions);
        } else {
            elsewhere.put(order.database(), order);
            tasks.remove(order.database());
            leaveQueueUnless(false, order.database());
        }
        return admitted(actions);
    }

    /** Whether another process may still be executing an earlier order of the same rollout. */
    private boolean hasPredecessor(OrderIssued order) {
        OrderTask mine = tasks.get(order.database());
        if (mine != null && mine.order().rollout().equals(order.rollout())) {
            return !mine.known();
        }
        OrderIssued other = elsewhere.get(order.database());
        return other != null && other.rollout().equals(order.rollout());
    }

    /** Whether the next step of this order may start. */
    public Permit permit(OrderIssued order) {
        OrderTask task = tasks.get(order.database());
        RolloutSignal signal = signals.of(order.rollout());
        if (closed || task == null || task.order().epoch() != order.epoch()) {
            return Permit.superseded();
        }
        if (signal.stops(order) || signal.hasEnded(order)) {
            return Permit.stopped().inDoubt(!task.known());
        }
        if (signal.paused()) {
            return Permit.paused(signal.pause()).inDoubt(!task.known());
        }
        return task.unrecorded() ? Permit.superseded() : Permit.go();
    }

    /**
     * The order's execution has written into the ledger, or found it ahead of the order, and the
     * log is told: what the ledger says of it stands.
     */
    public void recorded(OrderIssued order) {
        executing.get(order.database()).takeUpAgain();
    }

    /**
     * The execution of this order ended.
     *
     * @param pause what the execution reported when it saw a pause; absent if it reported none
     */
    public List<OrderAction> ended(
            OrderIssued order, ExecutionEnd end, Optional<OrderPaused> pause) {
        OrderTask task = released(order);
        task.executed(end);
        if (end == ExecutionEnd.IN_DOUBT) {
            doubt(task);
        }
        pause.ifPresent(report -> task.confirmed(report.pause(), report.progress()));
        // An execution that a stopping agent interrupts ends as if superseded; its order stands.
        if (!closed) {
            settle(task, end);
        }
        return scheduleNext(order.database());
    }

    /** What an order of its rollout left running may still run when the next one is looked at. */
    private void doubt(OrderTask ended) {
        OrderTask next = tasks.get(ended.order().database());
        if (next != null && next.order().rollout().equals(ended.order().rollout())) {
            next.doubt();
        }
    }

    private void settle(OrderTask task, ExecutionEnd end) {
        switch (end) {
            case FINISHED, STOPPED -> task.finish();
            case SUPERSEDED -> {
                if (!task.unrecorded()) {
                    task.finish();
                }
            }
            case UNRECORDED, UNREACHED, IN_DOUBT ->
                    task.failBesideLedger(signals.of(task.order().rollout()).pause());
            case PAUSED -> {}
        }
    }

    /** The order could not begin because its plan is missing; it frees its slot. */
    public List<OrderAction> notBegun(OrderIssued order) {
        released(order);
        return scheduleNext(order.database());
    }

    /** Orders being executed. */
    public int inFlight() {
        return executing.size();
    }

    /** Orders that wait for a free slot of their server. */
    public int waiting() {
        return queues.values().stream().mapToInt(ServerQueue::waiting).sum();
    }

    private OrderTask released(OrderIssued order) {
        OrderTask task = executing.remove(order.database());
        queues.get(order.database().server()).release();
        return task;
    }

    private List<OrderAction> scheduleNext(DatabaseId database) {
        List<OrderAction> actions = new ArrayList<>();
        OrderTask task = tasks.get(database);
        if (task != null) {
            schedule(task, actions);
        }
        return admitted(actions);
    }

    private List<OrderAction> scheduleAll() {
        List<OrderAction> actions = new ArrayList<>();
        tasks.values().stream().sorted(OLDEST_FIRST).forEach(task -> schedule(task, actions));
        return admitted(actions);
    }

    /** Puts one order where it belongs: into the queue, at rest, or at its end. */
    private void schedule(OrderTask task, List<OrderAction> actions) {
        OrderIssued order = task.order();
        if (!open || closed || task.done() || executing.containsKey(order.database())) {
            return;
        }
        RolloutSignal signal = signals.of(order.rollout());
        leaveQueueUnless(wantsExecution(task, signal), order.database());
        if (signal.hasEnded(order)) {
            return;
        }
        boolean absent = isAbsent(order.database());
        if (absent && !task.unrecorded() && !signal.stops(order)) {
            task.failBesideLedger(signal.pause());
            actions.add(new OrderAction.ReportAbsent(order));
        }
        if (!task.known() && !absent) {
            return;
        }
        if (signal.stops(order)) {
            task.finish();
            actions.add(new OrderAction.ConfirmStop(order, task.progress()));
        } else if (signal.pause() > task.pauseConfirmed()) {
            task.confirmed(signal.pause(), task.progress());
            actions.add(new OrderAction.ConfirmPause(order, signal.pause(), task.progress()));
        }
    }

    /** It is not on its server, of which everything is known, or its server is not this agent's. */
    private boolean isAbsent(DatabaseId database) {
        String server = database.server();
        return !queues.containsKey(server)
                || complete.contains(server)
                        && !databases.contains(database)
                        && !announced.contains(database);
    }

    /** A paused order is executed once nevertheless if it is unknown what of it still runs. */
    private boolean wantsExecution(OrderTask task, RolloutSignal signal) {
        OrderIssued order = task.order();
        boolean held = signal.stops(order) || signal.paused();
        boolean due =
                task.unrecorded() ? task.wantsInquiry(signal.pause()) : !(held && task.known());
        return databases.contains(order.database()) && !signal.hasEnded(order) && due;
    }

    private void leaveQueueUnless(boolean wanted, DatabaseId database) {
        ServerQueue queue = queues.get(database.server());
        if (wanted) {
            queue.add(database);
        } else if (queue != null) {
            queue.remove(database);
        }
    }

    /** Adds what may begin on every server with a free slot. */
    private List<OrderAction> admitted(List<OrderAction> actions) {
        if (!open || closed) {
            return actions;
        }
        for (ServerQueue queue : queues.values()) {
            for (DatabaseId database : queue.admit()) {
                OrderTask task = tasks.get(database);
                executing.put(database, task);
                actions.add(new OrderAction.Execute(task.order()));
            }
        }
        return actions;
    }
}
