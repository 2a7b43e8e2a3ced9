package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Plan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order with what is needed to carry it out.
 *
 * @param plan the order's, as it was published
 * @param labels of the database, those of its server counted in
 */
public record Assignment(OrderIssued order, Plan plan, SortedMap<String, String> labels) {
    /** Copies the map. */
    public Assignment {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** For a database without labels. */
    public static Assignment of(OrderIssued order, Plan plan) {
        return new Assignment(order, plan, new TreeMap<>());
    }
}
