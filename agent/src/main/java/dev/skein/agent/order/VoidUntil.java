package dev.skein.agent.order;

import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Until when a rollout's orders are void: one time for all databases, others for some of them.
 *
 * <p>Orders and decisions are in different topics, so an agent cannot tell by arrival which came
 * first. Both carry the time of their author, the leading orchestrator, and that decides. A
 * decision that names a database again (a retry, a rollback) moves that database's time back to
 * just before the decision, so that its own orders hold even if a former leader's clock was ahead.
 */
record VoidUntil(Instant all, SortedMap<DatabaseId, Instant> named) {
    VoidUntil {
        named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
    }

    /** No order is void. */
    static VoidUntil none() {
        return allAt(Instant.MIN);
    }

    /** Every order up to this time is void. */
    static VoidUntil allAt(Instant at) {
        return new VoidUntil(at, Collections.emptySortedMap());
    }

    /** Orders of these databases up to this time are void as well. */
    VoidUntil raised(Collection<DatabaseId> databases, Instant at) {
        SortedMap<DatabaseId, Instant> next = new TreeMap<>(named);
        databases.forEach(database -> next.put(database, at));
        return new VoidUntil(all, next);
    }

    /** Orders of these databases from this time on are not void. */
    VoidUntil lifted(Collection<DatabaseId> databases, Instant at) {
        SortedMap<DatabaseId, Instant> next = new TreeMap<>(named);
        for (DatabaseId database : databases) {
            Instant now = of(database);
            if (!now.isBefore(at)) {
                next.put(database, at.minusNanos(1));
            }
        }
        return new VoidUntil(all, next);
    }

    /** Orders of these databases that the other one covers are void as well. */
    VoidUntil joined(Collection<DatabaseId> databases, VoidUntil other) {
        SortedMap<DatabaseId, Instant> next = new TreeMap<>(named);
        for (DatabaseId database : databases) {
            if (other.of(database).isAfter(of(database))) {
                next.put(database, other.of(database));
            }
        }
        return new VoidUntil(all, next);
    }

    /** No order of these databases is void. */
    VoidUntil without(Collection<DatabaseId> databases) {
        SortedMap<DatabaseId, Instant> next = new TreeMap<>(named);
        databases.forEach(database -> next.put(database, Instant.MIN));
        return new VoidUntil(all, next);
    }

    boolean covers(DatabaseId database, Instant at) {
        return !at.isAfter(of(database));
    }

    private Instant of(DatabaseId database) {
        return named.getOrDefault(database, all);
    }
}
