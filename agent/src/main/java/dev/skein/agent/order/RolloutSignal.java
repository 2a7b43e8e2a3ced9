package dev.skein.agent.order;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutSignalEvent;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an agent has to know of one rollout: may its orders be carried out?
 *
 * @param pause the number of the pause in force; 0 while there is none
 * @param stopped covers the orders that an abort or a skip made void
 * @param ended covers the orders that had come to their end when the rollout was closed
 * @param leftOut databases that were skipped and not wanted again: a rollout is closed over their
 *     orders, which may not have come to their end
 * @param closed whether it was closed and nothing is wanted of it since: whatever the clock of the
 *     leader that closed it, it has no order that is not ended or left out
 */
record RolloutSignal(
        int pause,
        VoidUntil stopped,
        VoidUntil ended,
        SortedSet<DatabaseId> leftOut,
        boolean closed) {
    RolloutSignal {
        leftOut = Collections.unmodifiableSortedSet(new TreeSet<>(leftOut));
    }

    /** A rollout of which nothing is known yet: nothing holds its orders back. */
    static RolloutSignal unknown() {
        return new RolloutSignal(
                0, VoidUntil.none(), VoidUntil.none(), Collections.emptySortedSet(), false);
    }

    /** The signal after one more event of its rollout. */
    RolloutSignal apply(RolloutEvent event) {
        return event instanceof RolloutSignalEvent signal
                ? signal.accept(new RolloutSignalFold(this))
                : this;
    }

    boolean paused() {
        return pause > 0;
    }

    boolean stops(OrderIssued order) {
        return stopped.covers(order.database(), order.at());
    }

    boolean hasEnded(OrderIssued order) {
        return closed && !leftOut.contains(order.database())
                || ended.covers(order.database(), order.at());
    }

    RolloutSignal withPause(int number) {
        return new RolloutSignal(number, stopped, ended, leftOut, closed);
    }

    RolloutSignal withStopped(VoidUntil cutoff) {
        return new RolloutSignal(pause, cutoff, ended, leftOut, closed);
    }

    /** A person leaves these databases out. */
    RolloutSignal skipped(List<DatabaseId> databases, Instant at) {
        SortedSet<DatabaseId> out = new TreeSet<>(leftOut);
        out.addAll(databases);
        return new RolloutSignal(pause, stopped.raised(databases, at), ended, out, closed);
    }

    /**
     * Closed: its orders have come to their end. Of those that were left out it is not known what
     * their ledgers have not told yet, so they are only stopped. A pause outlives this until it is
     * resumed.
     */
    RolloutSignal closed(Instant at) {
        return new RolloutSignal(
                pause, stopped, VoidUntil.allAt(at).without(leftOut), leftOut, true);
    }

    /**
     * These databases get orders again. What a close had ended there is only stopped from now on: a
     * rollout may have been closed over an order that was left out, and that is open again waits
     * for a word about it.
     */
    RolloutSignal wanted(List<DatabaseId> databases, Instant at) {
        VoidUntil before = ended.lifted(databases, at);
        SortedSet<DatabaseId> out = new TreeSet<>(leftOut);
        databases.forEach(out::remove);
        return new RolloutSignal(
                pause,
                stopped.lifted(databases, at).joined(databases, before),
                ended.without(databases),
                out,
                false);
    }
}
