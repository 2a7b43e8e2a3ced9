package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.id.RolloutId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What has been ordered of one database: the fold of its records in the topic of orders.
 *
 * @param epoch of the last order; 0 before the first
 * @param last the last order
 * @param earlier the last order of each other rollout
 * @param handedOver epoch of the latest order of the last one's rollout that another agent got, and
 *     that could change the schema; 0 for none
 */
public record OrderPart(
        long epoch,
        Optional<IssuedOrder> last,
        SortedMap<RolloutId, IssuedOrder> earlier,
        long handedOver) {
    private static final OrderPart NONE =
            new OrderPart(0, Optional.empty(), Collections.emptySortedMap(), 0);

    /** Copies the map. */
    public OrderPart {
        earlier = earlier.isEmpty() ? Collections.emptySortedMap() : Copies.copy(earlier);
    }

    /** Nothing was ordered yet. */
    public static OrderPart none() {
        return NONE;
    }

    /** The last order of this rollout. */
    public Optional<IssuedOrder> of(RolloutId rollout) {
        if (last.isPresent() && last.get().rollout().equals(rollout)) {
            return last;
        }
        return Optional.ofNullable(earlier.get(rollout));
    }

    /** The last order, over all rollouts, that could change the schema. */
    public Optional<IssuedOrder> lastChange() {
        return Stream.concat(last.stream(), earlier.values().stream())
                .filter(order -> order.kind().changesSchema())
                .max(Comparator.comparingLong(IssuedOrder::epoch));
    }

    /** Whether the rollout has ordered anything. */
    public boolean has(RolloutId rollout) {
        return of(rollout).isPresent();
    }

    /** The last order of each other rollout. */
    public Stream<IssuedOrder> ofOthers(RolloutId rollout) {
        return Stream.concat(last.stream(), earlier.values().stream())
                .filter(order -> !order.rollout().equals(rollout));
    }

    /** The part after an order; its epoch is higher than the last. */
    OrderPart issued(OrderIssued event) {
        Optional<IssuedOrder> before = of(event.rollout());
        IssuedOrder order = IssuedOrder.of(event, before);
        return new OrderPart(
                event.epoch(), Optional.of(order), archived(event.rollout()), handedOver(order));
    }

    private long handedOver(IssuedOrder next) {
        Optional<IssuedOrder> before = of(next.rollout());
        boolean moves = before.filter(each -> !each.agent().equals(next.agent())).isPresent();
        if (moves && before.get().kind().changesSchema()) {
            return before.get().epoch();
        }
        return before.equals(last) ? handedOver : 0;
    }

    private SortedMap<RolloutId, IssuedOrder> archived(RolloutId next) {
        if (last.isEmpty() || last.get().rollout().equals(next)) {
            return earlier;
        }
        SortedMap<RolloutId, IssuedOrder> copy = new TreeMap<>(earlier);
        copy.remove(next);
        copy.put(last.get().rollout(), last.get());
        return copy;
    }
}
