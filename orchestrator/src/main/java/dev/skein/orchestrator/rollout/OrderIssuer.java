package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.OrderBasis;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.PlanReference;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.strategy.RepeatablePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Issues orders, never more than a wave may have outstanding.
 *
 * <p>Forward: what is due in the waves that have started, in the order of the wave. Backward: the
 * last wave first, and in it what was ordered last first; an earlier wave waits until the later one
 * has ended. A database with an outstanding order holds its place already, so a new order that
 * supersedes the old one takes no other.
 */
final class OrderIssuer {
    private static final Comparator<TargetStatus> LATEST_FIRST =
            Comparator.<TargetStatus, Instant>comparing(
                            each ->
                                    each.order()
                                            .map(IssuedOrder::firstIssuedAt)
                                            .orElse(Instant.MIN))
                    .thenComparing(TargetStatus::id)
                    .reversed();

    private final DecisionDraft draft;
    private final RolloutState rollout;
    private final boolean hasRepeatables;
    private final int[] places;
    private final List<OrderIssued> orders = new ArrayList<>();

    private OrderIssuer(DecisionDraft draft) {
        this.draft = draft;
        rollout = draft.rollout();
        hasRepeatables =
                draft.fleet()
                        .plan(rollout.opened().plan())
                        .filter(plan -> EarlierPlans.areOfUse(plan.content()))
                        .isPresent();
        places = new int[rollout.waves().size()];
        for (int wave = 0; wave < places.length; wave++) {
            int taken = draft.targets().wave(wave).outstanding();
            places[wave] = rollout.spec(wave).limits().maxInFlight() - taken;
        }
    }

    /** Orders for whatever may be applied now. */
    static List<OrderIssued> forward(DecisionDraft draft) {
        OrderIssuer ordering = new OrderIssuer(draft);
        for (TargetStatus each : draft.targets().inOrder()) {
            if (each.due() && draft.rollout().waves().get(each.wave()).isStarted()) {
                ordering.order(each);
            }
        }
        return ordering.orders;
    }

    /** Orders for whatever may be rolled back now. */
    static List<OrderIssued> backward(DecisionDraft draft) {
        OrderIssuer ordering = new OrderIssuer(draft);
        int wave = draft.targets().lastWaveRollingBack();
        draft.targets()
                .where(
                        each ->
                                each.due()
                                        && each.wants(DesiredState.ROLLBACK)
                                        && each.wave() == wave)
                .sorted(LATEST_FIRST)
                .forEach(ordering::order);
        return ordering.orders;
    }

    private void order(TargetStatus status) {
        int needed = status.outstanding() ? 0 : 1;
        if (places[status.wave()] < needed) {
            return;
        }
        Optional<AgentId> agent = draft.targets().availability().ownerOf(status.id());
        if (agent.isEmpty()) {
            return;
        }
        places[status.wave()] -= needed;
        orders.add(issued(status, agent.get()));
    }

    private OrderIssued issued(TargetStatus status, AgentId agent) {
        boolean back = status.wants(DesiredState.ROLLBACK);
        OrderKind kind = back ? backward(status) : rollout.opened().orders();
        boolean checked = kind == OrderKind.APPLY || kind == OrderKind.MOVE;
        List<CheckStep> checks = rollout.spec(status.wave()).gates().checks();
        return new OrderIssued(
                status.id(),
                status.database().nextEpoch(),
                rollout.id(),
                status.wave(),
                status.target().goal(),
                kind,
                agent,
                rollout.opened().plan(),
                rollout.opened().planOffset(),
                status.database().progress().sequence(),
                rollout.strategy().stepLimits(),
                checked ? checks : List.of(),
                status.target().repair(),
                Optional.of(basis(status)),
                back ? terms(status, kind) : rollout.opened().terms(),
                draft.now());
    }

    /**
     * A person has looked at what the order before has left. An order that is issued once more
     * repairs what its first one was to repair, and no more; nor does one that is issued in the
     * place of an order that the log has lost, which may have done that and begun anew.
     */
    private OrderBasis basis(TargetStatus status) {
        long repairUpTo =
                status.order()
                        .map(last -> isForGoal(last, status) ? last.repairUpTo() : last.epoch())
                        .orElse(0L);
        return new OrderBasis(
                draft.fleet().log(),
                status.database().progress().version(),
                status.target().repair().isPresent()
                        ? OptionalLong.of(repairUpTo)
                        : OptionalLong.empty(),
                rollout.opened().declared());
    }

    private static boolean isForGoal(IssuedOrder order, TargetStatus status) {
        return order.goal() == status.target().goal();
    }

    /** Where the plan has repeatable migrations, what becomes of them, and where they came from. */
    private Optional<RollbackTerms> terms(TargetStatus status, OrderKind kind) {
        Optional<RollbackTerms> asked = status.target().terms();
        if (kind == OrderKind.ROLLBACK_TO || !hasRepeatables) {
            return asked;
        }
        RepeatablePolicy policy = rollout.strategy().repeatablePolicy();
        List<PlanReference> earlier =
                policy == RepeatablePolicy.RESTORE
                        ? EarlierPlans.of(draft.fleet(), rollout.id(), status.database())
                        : List.of();
        return Optional.of(asked.orElseGet(RollbackTerms::strict).with(policy, earlier));
    }

    private static OrderKind backward(TargetStatus status) {
        return status.target().terms().flatMap(RollbackTerms::to).isPresent()
                ? OrderKind.ROLLBACK_TO
                : OrderKind.ROLLBACK;
    }
}
