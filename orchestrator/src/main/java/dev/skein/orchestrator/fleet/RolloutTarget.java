package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackTerms;
import java.util.Optional;

/**
 * One database as part of a rollout.
 *
 * @param wave the wave's position in the strategy, from 0
 * @param goal the number of the current goal, from 1, rising by 1 with each retry and rollback
 * @param desired what the rollout wants of the database now
 * @param reason why it was skipped or is rolled back, for a person; empty for an apply
 * @param terms on which it goes back; absent for the usual ones
 * @param repair what the orders of this goal repair first; a later goal does not inherit it
 */
public record RolloutTarget(
        int wave,
        int goal,
        DesiredState desired,
        String reason,
        Optional<RollbackTerms> terms,
        Optional<Repair> repair) {
    /** A database that is part of a wave from the start, or has joined it. */
    static RolloutTarget first(int wave) {
        return new RolloutTarget(
                wave, 1, DesiredState.APPLY, "", Optional.empty(), Optional.empty());
    }

    /** The same database, to be applied once more. */
    RolloutTarget applying(Optional<Repair> mended) {
        return new RolloutTarget(wave, goal + 1, DesiredState.APPLY, "", Optional.empty(), mended);
    }

    /** The same database, to be rolled back. */
    RolloutTarget goingBack(String why, Optional<RollbackTerms> agreed, Optional<Repair> mended) {
        return new RolloutTarget(wave, goal + 1, DesiredState.ROLLBACK, why, agreed, mended);
    }

    /** The same database, left out. The goal stays, because nothing is ordered. */
    RolloutTarget skipped(String why) {
        return new RolloutTarget(
                wave, goal, DesiredState.SKIP, why, Optional.empty(), Optional.empty());
    }
}
