package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.id.DatabaseId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people see of rollouts, computed from the parts of the state. Pure; each call is linear in
 * the number of the rollout's databases, the one about a single database is constant.
 */
public final class Standings {
    private Standings() {}

    /** The rollout with its waves and counts. */
    public static RolloutStanding rollout(FleetLookup fleet, RolloutState rollout, Instant now) {
        throw new UnsupportedOperationException("standing of " + rollout + now + fleet);
    }

    /** All databases of the rollout, wave by wave. */
    public static List<DatabaseStanding> databases(
            FleetLookup fleet, RolloutState rollout, Instant now) {
        throw new UnsupportedOperationException("standings of " + rollout + now + fleet);
    }

    /** One database of the rollout; empty if it has no such database. */
    public static Optional<DatabaseStanding> database(
            FleetLookup fleet, RolloutState rollout, DatabaseId database, Instant now) {
        throw new UnsupportedOperationException("standing of " + database + rollout + now + fleet);
    }
}
