package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.OrderFailure;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.ReportStatus;
import dev.skein.orchestrator.fleet.RolloutTarget;
import dev.skein.orchestrator.fleet.SetAside;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RunUnderWay;
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
 * @param ordered whether the rollout has ordered anything of it, by the log or by the ledger
 */
record TargetStatus(
        DatabaseId id,
        RolloutTarget target,
        DatabaseState database,
        Optional<IssuedOrder> order,
        Optional<OrderReport> report,
        TargetState state,
        boolean outstanding,
        boolean due,
        boolean ordered) {
    /** What an agent answers for a database that it does not have. */
    private static final String ABSENT = "unknown-database";

    /** What an agent answers where the ledger has obeyed later orders of the same log. */
    private static final String BEHIND_LEDGER = "ledger-ahead";

    static TargetStatus of(
            RolloutId rollout,
            DatabaseId id,
            RolloutTarget target,
            DatabaseState database,
            AgentAvailability availability) {
        Optional<IssuedOrder> order = database.orders().of(rollout);
        Optional<OrderReport> report = order.flatMap(database::reportOn);
        boolean skipped = target.desired() == DesiredState.SKIP;
        boolean ordered = database.isOrderedBy(rollout);
        boolean outstanding = !skipped && database.hasOutstanding(rollout);
        boolean asked =
                !skipped
                        && (isAsked(target, order, report, ordered)
                                || isElsewhere(id, order, report, availability)
                                || isBehindLedger(order, report));
        boolean moved = outstanding && !asked && availability.hasMoved(id, order.orElseThrow());
        TargetState state =
                asked
                        ? TargetState.PENDING
                        : stateOf(
                                target,
                                order,
                                report,
                                superseded(rollout, database),
                                order.filter(each -> isInReach(id, each, availability))
                                        .isPresent());
        if (!asked && !skipped && needsAttention(rollout, database, order, report)) {
            state = TargetState.NEEDS_ATTENTION;
        }
        return new TargetStatus(
                id, target, database, order, report, state, outstanding, asked || moved, ordered);
    }

    /** Whether the current goal has no order, or one that an abort has stopped. */
    private static boolean isAsked(
            RolloutTarget target,
            Optional<IssuedOrder> order,
            Optional<OrderReport> report,
            boolean ordered) {
        if (order.isEmpty()) {
            // What was to be applied and never ordered has nothing to be taken back.
            return target.desired() == DesiredState.APPLY || ordered;
        }
        boolean stopped =
                report.isPresent()
                        && report.get().stopped()
                        && report.get().status().isOutstanding();
        return order.get().goal() < target.goal() || stopped;
    }

    /** Whether its agent no longer has the database, and another one has. */
    private static boolean isElsewhere(
            DatabaseId id,
            Optional<IssuedOrder> order,
            Optional<OrderReport> report,
            AgentAvailability availability) {
        return report.flatMap(OrderReport::failure)
                        .filter(each -> each.failure().code().equals(ABSENT))
                        .isPresent()
                && availability.hasMoved(id, order.orElseThrow());
    }

    /**
     * Whether this log has lost what the ledger knows, so that the same is to be ordered above the
     * ledger's epoch. Only once: if somebody has moved the ledger on meanwhile, another
     * orchestrator may be at work with a copy of this log.
     */
    private static boolean isBehindLedger(
            Optional<IssuedOrder> order, Optional<OrderReport> report) {
        return order.filter(each -> !each.again()).isPresent()
                && report.filter(each -> each.epoch() == order.get().epoch())
                        .flatMap(OrderReport::failure)
                        .filter(each -> each.failure().code().equals(BEHIND_LEDGER))
                        .isPresent();
    }

    /** Whether a later rollout has ordered something else of the database. */
    private static boolean superseded(RolloutId rollout, DatabaseState database) {
        return database.orders().last().filter(last -> !last.rollout().equals(rollout)).isPresent();
    }

    /**
     * Whether something that was said of this order could not be taken. What has come to a good end
     * stays; a record of a later time than the order may be about it, whatever it was.
     */
    private static boolean needsAttention(
            RolloutId rollout,
            DatabaseState database,
            Optional<IssuedOrder> order,
            Optional<OrderReport> report) {
        boolean ended = report.filter(each -> each.status().isFinal()).isPresent();
        return !ended
                && !superseded(rollout, database)
                && database.setAside()
                        .filter(each -> order.filter(last -> isAbout(each, last)).isPresent())
                        .isPresent();
    }

    private static boolean isAbout(SetAside record, IssuedOrder order) {
        return record.epoch() >= order.epoch() || record.at().isAfter(order.issuedAt());
    }

    /** Whether the agent that has the order is heard of, and has the database too. */
    private static boolean isInReach(
            DatabaseId id, IssuedOrder order, AgentAvailability availability) {
        return availability.isReachable(order.agent())
                && availability.isAnnouncedBy(order.agent(), id);
    }

    private static TargetState stateOf(
            RolloutTarget target,
            Optional<IssuedOrder> order,
            Optional<OrderReport> report,
            boolean superseded,
            boolean reachable) {
        if (target.desired() == DesiredState.SKIP || order.isEmpty()) {
            return TargetState.SKIPPED;
        }
        OrderKind kind = order.get().kind();
        if (superseded && report.map(OrderReport::isOutstanding).orElse(true)) {
            return failed(kind);
        }
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
            case NOTHING_TO_UNDO -> TargetState.NOTHING_TO_UNDO;
            case IRREVERSIBLE -> TargetState.IRREVERSIBLE;
            case FAILED -> failed(kind);
        };
    }

    private static TargetState failed(OrderKind kind) {
        return switch (kind) {
            case APPLY, MOVE, SURVEY, ADOPT -> TargetState.FAILED;
            case ROLLBACK, ROLLBACK_TO -> TargetState.ROLLBACK_FAILED;
        };
    }

    /** As people see it in a pause: what its agent has confirmed does not run. */
    TargetStatus shownIn(int pause) {
        boolean held =
                (state == TargetState.RUNNING || state == TargetState.ORDERED) && !drains(pause);
        return held
                ? new TargetStatus(
                        id,
                        target,
                        database,
                        order,
                        report,
                        TargetState.PAUSED,
                        outstanding,
                        due,
                        ordered)
                : this;
    }

    /** The program that its agent has carry out a delegated step of it. */
    Optional<RunUnderWay> runUnderWay(FleetLookup fleet) {
        return outstanding
                ? order.flatMap(last -> fleet.agent(last.agent())).flatMap(agent -> agent.runIn(id))
                : Optional.empty();
    }

    int wave() {
        return target.wave();
    }

    boolean wants(DesiredState desired) {
        return target.desired() == desired;
    }

    /** Whether it was ordered, and its agent has not said that it has taken it up. */
    boolean isUntouched() {
        return outstanding
                && report.filter(each -> each.status() != ReportStatus.WAITING).isEmpty();
    }

    /** Why its apply had failed, where it is rolled back, or was. */
    Optional<OrderFailure> cause() {
        return order.filter(last -> last.kind() == OrderKind.ROLLBACK)
                .flatMap(last -> report)
                .flatMap(OrderReport::cause);
    }

    /** Whether the rollout has ordered anything of it. */
    boolean wasOrdered() {
        return ordered;
    }

    /**
     * Whether a step may still start although the rollout is paused: the agent has not confirmed
     * it, or the agent before it may be at work. One that was left out counts too, for its agent
     * may be alive without knowing.
     */
    boolean drains(int pause) {
        boolean open = order.isPresent() && database.mayStart(order.get().rollout());
        return isInDoubt() || open && report.map(OrderReport::pauseSeen).orElse(0) < pause;
    }

    /** Whether an agent that the database was taken from may be at work for the rollout. */
    boolean isInDoubt() {
        return order.filter(last -> database.mayBeAtWorkElsewhere(last.rollout())).isPresent();
    }
}
