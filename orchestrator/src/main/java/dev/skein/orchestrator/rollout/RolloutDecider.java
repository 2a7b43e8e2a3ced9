package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.protocol.id.RolloutId;

import java.time.Instant;
import java.util.List;

/**
 * Answers commands. Pure: equal state and command give an equal decision, on any process.
 *
 * <p>The caller appends the entries of one decision, waits until all of them have been folded, and
 * only then asks for the next one.
 */
public final class RolloutDecider {
    private RolloutDecider() {}

    /** What the command leads to; linear in the number of the rollout's databases. */
    public static Decision decide(FleetLookup fleet, Command command) {
        throw new UnsupportedOperationException("decide " + command + " on " + fleet);
    }

    /**
     * What to do next for a rollout: empty if it waits for reports or for a person.
     *
     * @param now the time to decide by
     */
    public static List<Action> next(FleetLookup fleet, RolloutId rollout, Instant now) {
        throw new UnsupportedOperationException("next of " + rollout + " at " + now + fleet);
    }
}
