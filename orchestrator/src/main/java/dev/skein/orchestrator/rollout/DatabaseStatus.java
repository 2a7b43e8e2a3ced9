package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.OrderFailure;
import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.Optional;

/**
 * One database in one rollout, as people see it.
 *
 * @param wave the wave's position in the strategy, from 0
 * @param desired what the rollout wants of it now
 * @param reason why it is in this state, or what it waits for
 * @param outstanding whether an order is with an agent and has not ended
 * @param agent the agent of its last order, else the one that would get it
 * @param epoch of its last order in this rollout; 0 before the first
 * @param progress of its last order, once known
 * @param failure the last failure of its last order
 * @param cause why its apply had failed, where it is rolled back, or was
 * @param halfDone what the rollout left half done in it
 * @param findings how its version table compares with the plan, where that was asked
 * @param ledger what was found of a ledger that is not as the log left it
 * @param remainder what a rollback left, where that is not simply nothing
 * @param run the program that carries out a delegated step of it at this moment
 * @param orderedAt when its last order was issued
 * @param reportedAt when the last report on that order was written
 */
public record DatabaseStatus(
        DatabaseId database,
        int wave,
        String waveName,
        TargetState state,
        DesiredState desired,
        String reason,
        boolean outstanding,
        Optional<AgentId> agent,
        long epoch,
        Optional<Progress> progress,
        Optional<OrderFailure> failure,
        Optional<OrderFailure> cause,
        Optional<HalfDone> halfDone,
        Optional<SurveyFindings> findings,
        Optional<LedgerFinding> ledger,
        Optional<RollbackRemainder> remainder,
        Optional<RunUnderWay> run,
        Optional<Instant> orderedAt,
        Optional<Instant> reportedAt) {}
