package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Optional;

/**
 * One database: what was ordered of it and what was reported of it, side by side.
 *
 * <p>Immutable. The two parts are fed by two topics and never look at each other.
 */
public record DatabaseState(DatabaseId id, OrderPart orders, ProgressPart progress) {
    /** A database of which nothing was ordered or reported. */
    public static DatabaseState unknown(DatabaseId id) {
        return new DatabaseState(id, OrderPart.none(), ProgressPart.none());
    }

    /** What was reported about exactly this order. */
    public Optional<Report> reportOn(IssuedOrder order) {
        return progress.of(order.rollout()).filter(each -> each.epoch() == order.epoch());
    }

    /** Whether an order of this rollout is with an agent and has not ended. */
    public boolean hasOutstanding(RolloutId rollout) {
        Optional<IssuedOrder> last = orders.last();
        if (last.isEmpty() || !last.get().rollout().equals(rollout)) {
            return false;
        }
        Optional<Report> report = reportOn(last.get());
        return report.isEmpty() || report.get().isOutstanding();
    }

    /** The epoch of its next order: higher than any that was ordered or reported. */
    public long nextEpoch() {
        return Math.max(orders.epoch(), progress.epoch()) + 1;
    }

    DatabaseState with(OrderPart next) {
        return new DatabaseState(id, next, progress);
    }

    DatabaseState with(ProgressPart next) {
        return new DatabaseState(id, orders, next);
    }
}
