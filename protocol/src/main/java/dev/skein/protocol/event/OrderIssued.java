package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
 * @param basis what the orchestrator knew; absent in orders of before
 * @param terms how far to go and what may stay; of an order that may go backward
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
        Optional<OrderBasis> basis,
        Optional<RollbackTerms> terms,
        Instant at)
        implements OrderEvent {
    /** Copies the list. */
    public OrderIssued {
        checks = List.copyOf(checks);
    }

    /** An order without terms that does not say what the orchestrator knew. */
    public OrderIssued(
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
            Instant at) {
        this(
                database,
                epoch,
                rollout,
                wave,
                goal,
                kind,
                agent,
                plan,
                planOffset,
                lastSequence,
                limits,
                checks,
                repair,
                Optional.empty(),
                at);
    }

    /** An order without terms. */
    public OrderIssued(
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
            Optional<OrderBasis> basis,
            Instant at) {
        this(
                database,
                epoch,
                rollout,
                wave,
                goal,
                kind,
                agent,
                plan,
                planOffset,
                lastSequence,
                limits,
                checks,
                repair,
                basis,
                Optional.empty(),
                at);
    }

    /** The log it belongs to, where it says so. */
    public Optional<LogId> log() {
        return basis.flatMap(OrderBasis::log);
    }

    /** The version at which a person says that the database is. */
    public Optional<DeclaredVersion> declared() {
        return basis.flatMap(OrderBasis::declared);
    }

    /** The highest epoch whose remains the repair is about. */
    public long repairUpTo() {
        return basis.map(OrderBasis::repairUpTo)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .orElse(epoch - 1);
    }

    /** The same order with these terms. */
    public OrderIssued with(RollbackTerms agreed) {
        return new OrderIssued(
                database,
                epoch,
                rollout,
                wave,
                goal,
                kind,
                agent,
                plan,
                planOffset,
                lastSequence,
                limits,
                checks,
                repair,
                basis,
                Optional.of(agreed),
                at);
    }

    @Override
    public <R> R accept(FleetEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "ordered to %s%s%s%s by agent %s, epoch %d"
                .formatted(
                        kind.label(),
                        terms.flatMap(RollbackTerms::to).map(to -> " " + to).orElse(""),
                        declared().map(each -> " at version " + each).orElse(""),
                        Repair.mention(repair),
                        agent,
                        epoch);
    }
}
