package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of an order.
 *
 * @param wave the wave's position in the strategy, from 0
 * @param goal which of the rollout's goals for the database it serves
 * @param repairUpTo the highest epoch whose remains its repair is about
 * @param again whether the order before it served the same goal, at the same agent
 * @param firstIssuedAt when the rollout's first order for this database was issued
 */
public record IssuedOrder(
        RolloutId rollout,
        long epoch,
        int wave,
        int goal,
        OrderKind kind,
        AgentId agent,
        PlanId plan,
        long repairUpTo,
        boolean again,
        Instant firstIssuedAt,
        Instant issuedAt) {
    static IssuedOrder of(OrderIssued event, Optional<IssuedOrder> before) {
        boolean again =
                before.filter(each -> each.goal() == event.goal())
                        .filter(each -> each.agent().equals(event.agent()))
                        .isPresent();
        return new IssuedOrder(
                event.rollout(),
                event.epoch(),
                event.wave(),
                event.goal(),
                event.kind(),
                event.agent(),
                event.plan(),
                event.repairUpTo(),
                again,
                before.map(IssuedOrder::firstIssuedAt).orElse(event.at()),
                event.at());
    }
}
