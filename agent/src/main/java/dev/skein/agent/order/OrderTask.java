package dev.skein.agent.order;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Progress;

/** One order as this process has dealt with it so far. Confined to its scheduler. */
final class OrderTask {
    private final OrderIssued order;

    /**
     * Whether it is certain that nothing of this order, or of an earlier one of its rollout, runs
     * unless this process runs it. An order of before the start may have been begun by a process
     * that died and whose statement still runs, and an agent that the database was taken from may
     * not have heard of it yet; only an execution, which takes the database's lock first, can tell.
     */
    private boolean known;

    private boolean done;
    private int pauseConfirmed;
    private Progress progress = new Progress(0, 0);

    OrderTask(OrderIssued order, boolean known) {
        this.order = order;
        this.known = known;
    }

    OrderIssued order() {
        return order;
    }

    boolean known() {
        return known;
    }

    boolean done() {
        return done;
    }

    int pauseConfirmed() {
        return pauseConfirmed;
    }

    Progress progress() {
        return progress;
    }

    void executed() {
        known = true;
    }

    void finish() {
        done = true;
    }

    void confirmed(int pause, Progress reached) {
        pauseConfirmed = Math.max(pauseConfirmed, pause);
        progress = reached;
    }
}
