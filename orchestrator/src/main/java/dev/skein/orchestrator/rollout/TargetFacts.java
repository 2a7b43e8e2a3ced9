package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.Report;
import dev.skein.orchestrator.fleet.Target;
import dev.skein.orchestrator.fleet.Wish;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Optional;

/**
 * One database of a rollout with what its parts say together.
 *
 * @param order the rollout's last order for it
 * @param report what was reported about that order
 * @param outstanding whether that order is with an agent and has not ended
 * @param due whether an order has to be issued for it, as soon as it may be
 */
record TargetFacts(
        DatabaseId id,
        Target target,
        DatabaseState database,
        Optional<IssuedOrder> order,
        Optional<Report> report,
        TargetState state,
        boolean outstanding,
        boolean due) {
    static TargetFacts of(
            RolloutId rollout, DatabaseId id, Target target, DatabaseState database, Reach reach) {
        Optional<IssuedOrder> order = database.orders().of(rollout);
        Optional<Report> report = order.flatMap(database::reportOn);
        boolean skipped = target.wish() == Wish.SKIP;
        boolean outstanding = !skipped && database.hasOutstanding(rollout);
        boolean asked = !skipped && isAsked(target, order, report);
        boolean moved = outstanding && !asked && reach.hasMoved(id, order.orElseThrow());
        TargetState state =
                asked
                        ? TargetState.PENDING
                        : stateOf(target, order, report, superseded(rollout, database), reach);
        return new TargetFacts(
                id, target, database, order, report, state, outstanding, asked || moved);
    }

    /** Whether the current goal has no order, or one that an abort has stopped. */
    private static boolean isAsked(
            Target target, Optional<IssuedOrder> order, Optional<Report> report) {
        if (order.isEmpty()) {
            return target.wish() == Wish.APPLY;
        }
        boolean stopped =
                report.isPresent()
                        && report.get().stopped()
                        && report.get().status().isOutstanding();
        return order.get().goal() < target.goal() || stopped;
    }

    /** Whether a later rollout has ordered something else of the database. */
    private static boolean superseded(RolloutId rollout, DatabaseState database) {
        return database.orders().last().filter(last -> !last.rollout().equals(rollout)).isPresent();
    }

    private static TargetState stateOf(
            Target target,
            Optional<IssuedOrder> order,
            Optional<Report> report,
            boolean superseded,
            Reach reach) {
        if (target.wish() == Wish.SKIP || order.isEmpty()) {
            return TargetState.SKIPPED;
        }
        OrderKind kind = order.get().kind();
        if (superseded && report.map(Report::isOutstanding).orElse(true)) {
            return failed(kind);
        }
        boolean reachable = reach.isReachable(order.get().agent());
        if (report.isEmpty()) {
            return reachable ? TargetState.ORDERED : TargetState.UNREACHABLE;
        }
        return switch (report.get().status()) {
            case WAITING -> reachable ? TargetState.ORDERED : TargetState.UNREACHABLE;
            case RUNNING, RETRYING -> reachable ? TargetState.RUNNING : TargetState.UNREACHABLE;
            case UNAVAILABLE -> TargetState.UNREACHABLE;
            case APPLIED -> TargetState.APPLIED;
            case SURVEYED -> TargetState.SURVEYED;
            case ADOPTED -> TargetState.ADOPTED;
            case ROLLED_BACK -> TargetState.ROLLED_BACK;
            case IRREVERSIBLE -> TargetState.IRREVERSIBLE;
            case FAILED -> failed(kind);
        };
    }

    private static TargetState failed(OrderKind kind) {
        return switch (kind) {
            case APPLY, SURVEY, ADOPT -> TargetState.FAILED;
            case ROLLBACK -> TargetState.ROLLBACK_FAILED;
        };
    }

    int wave() {
        return target.wave();
    }

    boolean wants(Wish wish) {
        return target.wish() == wish;
    }

    /** Whether the rollout has ordered anything of it. */
    boolean wasOrdered() {
        return order.isPresent();
    }

    /**
     * Whether a step may still start although the rollout is paused: the agent has not confirmed
     * it. One that was left out counts too, for its agent may be alive without knowing.
     */
    boolean drains(int pause) {
        boolean open = order.isPresent() && database.hasOutstanding(order.get().rollout());
        return open && report.map(Report::pauseSeen).orElse(0) < pause;
    }
}
