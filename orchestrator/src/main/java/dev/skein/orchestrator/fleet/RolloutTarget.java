package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.Repair;
import java.util.Optional;

/**
 * One database as part of a rollout.
 *
 * @param wave the wave's position in the strategy, from 0
 * @param goal the number of the current goal, from 1, rising by 1 with each retry and rollback
 * @param desired what the rollout wants of the database now
 * @param reason why it was skipped or is rolled back, for a person; empty for an apply
 * @param repair what the orders of this goal repair first; a later goal does not inherit it
 */
public record RolloutTarget(
        int wave, int goal, DesiredState desired, String reason, Optional<Repair> repair) {
    /** A database that is part of a wave from the start, or has joined it. */
    static RolloutTarget first(int wave) {
        return new RolloutTarget(wave, 1, DesiredState.APPLY, "", Optional.empty());
    }

    /** The same database with a new goal. */
    RolloutTarget wanting(DesiredState next, String why, Optional<Repair> mended) {
        return new RolloutTarget(wave, goal + 1, next, why, mended);
    }

    /** The same database, left out. The goal stays, because nothing is ordered. */
    RolloutTarget skipped(String why) {
        return new RolloutTarget(wave, goal, DesiredState.SKIP, why, Optional.empty());
    }
}
