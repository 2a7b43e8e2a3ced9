package dev.skein.protocol.event;

import dev.skein.protocol.plan.VersionReach;
import dev.skein.protocol.strategy.RepeatablePolicy;
import java.util.List;
import java.util.Optional;

/**
 * How far a database goes back, and what may stay.
 *
 * @param to the version to end at, whoever applied what is above it; {@link #TO_NOTHING} for an
 *     empty database; absent for where the rollout found it
 * @param asFarAsPossible whether it stops, and ends well, before the first migration without a down
 * @param acceptIrreversible keys of migrations that are passed over as if they had an empty down:
 *     what they made stays, their place in the version table does not
 * @param repeatables what becomes of repeatable migrations; as the agent does where absent
 * @param earlierPlans what other rollouts ordered of the database, the newest first: where the
 *     earlier text of a repeatable migration is looked for
 */
public record RollbackTerms(
        Optional<String> to,
        boolean asFarAsPossible,
        List<String> acceptIrreversible,
        Optional<RepeatablePolicy> repeatables,
        List<PlanReference> earlierPlans) {
    /** What to write for the state before the first migration. */
    public static final String TO_NOTHING = VersionReach.NOTHING;

    private static final RollbackTerms STRICT =
            new RollbackTerms(Optional.empty(), false, List.of(), Optional.empty(), List.of());

    /** Copies the lists. */
    public RollbackTerms {
        acceptIrreversible = List.copyOf(acceptIrreversible);
        earlierPlans = List.copyOf(earlierPlans);
    }

    /** All the way to where the rollout found it, or not at all. */
    public static RollbackTerms strict() {
        return STRICT;
    }

    /** To that version, forward or backward. */
    public static RollbackTerms to(String version) {
        return new RollbackTerms(
                Optional.of(version), false, List.of(), Optional.empty(), List.of());
    }

    /** The same, passing over these migrations. */
    public RollbackTerms accepting(List<String> migrations) {
        return new RollbackTerms(to, asFarAsPossible, migrations, repeatables, earlierPlans);
    }

    /** The same, for one database. */
    public RollbackTerms with(RepeatablePolicy policy, List<PlanReference> plans) {
        return new RollbackTerms(
                to, asFarAsPossible, acceptIrreversible, Optional.of(policy), plans);
    }

    /** Whether a migration without a down does not hold it up. */
    public boolean accepts(String migration) {
        return acceptIrreversible.contains(migration);
    }
}
