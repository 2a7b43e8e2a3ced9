package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Optional;

/**
 * One database: what was ordered of it and what was reported of it, side by side.
 *
 * <p>Immutable. The two parts are fed by two topics and never look at each other.
 *
 * @param setAside what could not be taken of its reports, until a newer order is reported on
 */
public record DatabaseState(
        DatabaseId id, OrderPart orders, ProgressPart progress, Optional<SetAside> setAside) {
    /** A database of which nothing was ordered or reported. */
    public static DatabaseState unknown(DatabaseId id) {
        return new DatabaseState(id, OrderPart.none(), ProgressPart.none(), Optional.empty());
    }

    /**
     * What was reported about this order, the last of its rollout here.
     *
     * <p>A report of a higher epoch counts too: a log that was restored from a backup may lack the
     * rollout's later order, and the ledger tells how that one ended, if it was of the same kind.
     * What has come to a good end stays; else an agent's word that the ledger is ahead of exactly
     * this order is the last one.
     */
    public Optional<OrderReport> reportOn(IssuedOrder order) {
        Optional<OrderReport> told =
                progress.of(order.rollout())
                        .filter(each -> each.epoch() >= order.epoch())
                        .filter(each -> each.status().fits(order.kind()));
        if (told.filter(each -> each.status().isFinal()).isPresent()) {
            return told;
        }
        return progress.overtaken()
                .report()
                .filter(each -> each.isAbout(order.rollout(), order.epoch()))
                .or(() -> told);
    }

    /**
     * Whether the rollout has ordered anything here: by this log, or by the ledger's word that a
     * step of it has run, where the log has lost the order.
     */
    public boolean isOrderedBy(RolloutId rollout) {
        return orders.has(rollout)
                || progress.of(rollout).flatMap(OrderReport::changed).isPresent();
    }

    /** Whether an order of this rollout is with an agent and has not ended. */
    public boolean hasOutstanding(RolloutId rollout) {
        Optional<IssuedOrder> last = orders.last();
        if (last.isEmpty() || !last.get().rollout().equals(rollout)) {
            return false;
        }
        Optional<OrderReport> report = reportOn(last.get());
        return report.isEmpty() || report.get().isOutstanding();
    }

    /**
     * Whether a step of this rollout's last order may start: it has not ended, or its failure is
     * not in the ledger, so that its agent takes it up again when it is started anew.
     */
    public boolean mayStart(RolloutId rollout) {
        boolean unrecorded =
                orders.last()
                        .filter(each -> each.rollout().equals(rollout))
                        .flatMap(this::reportOn)
                        .filter(each -> each.unrecorded() && !each.stopped())
                        .isPresent();
        return unrecorded || hasOutstanding(rollout);
    }

    /**
     * Whether another agent may be at work on an earlier order of this rollout: it has not said
     * that it ended, and no newer order has got as far as the ledger.
     */
    public boolean mayBeAtWorkElsewhere(RolloutId rollout) {
        return orders.last().filter(each -> each.rollout().equals(rollout)).isPresent()
                && orders.handedOver() > progress.quiet();
    }

    /** The highest epoch that was ordered, reported, or said to be the ledger's. */
    public long epoch() {
        long reported = Math.max(progress.epoch(), progress.overtaken().ledgerEpoch());
        return Math.max(orders.epoch(), reported);
    }

    /** The epoch of its next order: higher than any that is known of. */
    public long nextEpoch() {
        return epoch() + 1;
    }

    DatabaseState with(OrderPart next) {
        return new DatabaseState(id, next, progress, setAside);
    }

    DatabaseState with(ProgressPart next) {
        return new DatabaseState(id, orders, next, setAside);
    }

    /** With one more record that could not be taken. */
    DatabaseState with(SetAside next) {
        Optional<SetAside> all = setAside.map(first -> first.and(next)).or(() -> Optional.of(next));
        return new DatabaseState(id, orders, progress, all);
    }

    /**
     * After a report of a newer order than those that records are missing of: its agent has read
     * the ledger since, and has told what is there.
     */
    DatabaseState reported(long epoch) {
        return new DatabaseState(
                id, orders, progress, setAside.filter(each -> epoch <= each.epoch()));
    }
}
