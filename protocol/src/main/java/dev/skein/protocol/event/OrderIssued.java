package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One database is to be applied or rolled back by one agent. A later order of the same database
 * supersedes an earlier one.
 *
 * @param epoch the database's number for this order, only ever rising, from 1
 * @param wave its position in the strategy, from 0
 * @param goal which of the rollout's goals for this database it serves: 1 for the first apply, then
 *     rising by 1 with each retry and rollback
 * @param agent the only agent that may carry it out
 * @param planOffset the offset of the plan's record in the topic of plans
 * @param lastSequence the last report of this database that the orchestrator had seen; a ledger
 *     that knows less continues from here
 * @param checks run after the last step of an apply
 * @param repair what is repaired before the first step
 */
public record OrderIssued(
        DatabaseId database,
        long epoch,
        RolloutId rollout,
        int wave,
        int goal,
        OrderKind kind,
        AgentId agent,
        PlanId plan,
        long planOffset,
        long lastSequence,
        StepLimits limits,
        List<CheckStep> checks,
        Optional<Repair> repair,
        Instant at)
        implements OrderEvent {
    /** Copies the list. */
    public OrderIssued {
        checks = List.copyOf(checks);
    }

    @Override
    public <R> R accept(FleetEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "ordered to %s%s by agent %s, epoch %d"
                .formatted(kind.label(), Repair.mention(repair), agent, epoch);
    }
}
