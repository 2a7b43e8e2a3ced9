package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.SharedVersionTable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An order with what is needed to carry it out.
 *
 * @param plan the order's, as it was published
 * @param earlier the plans that the order's terms name, the newest first, as far as the log has
 *     them
 * @param labels of the database, those of its server counted in
 * @param targets that the agent has on its servers
 */
public record Assignment(
        OrderIssued order,
        Plan plan,
        List<Plan> earlier,
        SortedMap<String, String> labels,
        SortedSet<DatabaseId> targets) {
    /** Copies list, map and set. */
    public Assignment {
        earlier = List.copyOf(earlier);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
    }

    /** Of an order that needs no other plan than its own. */
    public Assignment(
            OrderIssued order,
            Plan plan,
            SortedMap<String, String> labels,
            SortedSet<DatabaseId> targets) {
        this(order, plan, List.of(), labels, targets);
    }

    /** For a database that is alone on its server. */
    public Assignment(OrderIssued order, Plan plan, SortedMap<String, String> labels) {
        this(order, plan, labels, new TreeSet<>());
    }

    /** Why the plan's books cannot be kept for this target; empty if they can. */
    Optional<Refusal> sharedTable() {
        return SharedVersionTable.concerns(plan, order.database(), targets)
                ? Optional.of(
                        new Refusal.Mismatch(
                                "shared-version-table",
                                "the plan keeps its books in "
                                        + SharedVersionTable.nameIn(plan)
                                        + ", one version table for all schemas of "
                                        + order.database().database()
                                        + " that are targets, so that what one of them has would"
                                        + " read as applied in "
                                        + order.database()
                                        + "; "
                                        + SharedVersionTable.hint()))
                : Optional.empty();
    }

    /** The same order with another plan. */
    Assignment with(Plan another) {
        return new Assignment(order, another, List.of(), labels, targets);
    }

    /** For a database without labels. */
    public static Assignment of(OrderIssued order, Plan plan) {
        return new Assignment(order, plan, new TreeMap<>());
    }
}
