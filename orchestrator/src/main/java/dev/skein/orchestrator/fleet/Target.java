package dev.skein.orchestrator.fleet;

/**
 * One database as part of a rollout.
 *
 * @param wave the wave's position in the strategy, from 0
 * @param goal the number of the current wish, from 1, rising by 1 with each retry and rollback
 * @param wish what the rollout wants of the database now
 * @param reason why it was skipped or is taken back, for a person; empty for an apply
 */
public record Target(int wave, int goal, Wish wish, String reason) {
    /** A database that is part of a wave from the start, or has joined it. */
    static Target first(int wave) {
        return new Target(wave, 1, Wish.APPLY, "");
    }

    /** The same database with a new goal. */
    Target wanting(Wish next, String why) {
        return new Target(wave, goal + 1, next, why);
    }

    /** The same database, left out; no goal is added, for nothing is ordered. */
    Target skipped(String why) {
        return new Target(wave, goal, Wish.SKIP, why);
    }
}
