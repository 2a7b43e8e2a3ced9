package dev.skein.orchestrator.fleet;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Position;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The owner of the fleet's state: folds records as they are read back from the log.
 *
 * <p>Not thread-safe: confined to the context of whoever folds. Everything it hands out is
 * immutable.
 */
public final class Fleet implements FleetLookup {
    /**
     * Folds one record.
     *
     * @param appendedAt when the broker wrote it
     * @throws Fault if it can never follow what was folded before; the state is then useless
     */
    public Applied apply(Envelope envelope, Position position, Instant appendedAt) {
        throw new UnsupportedOperationException("the fold");
    }

    /** The state at this moment; linear in the size of the fleet, so not for each record. */
    public FleetView view() {
        throw new UnsupportedOperationException("the view");
    }

    @Override
    public Optional<RolloutState> rollout(RolloutId id) {
        return Optional.empty();
    }

    @Override
    public Collection<RolloutState> rollouts() {
        return java.util.List.of();
    }

    @Override
    public DatabaseState database(DatabaseId id) {
        return DatabaseState.unknown(id);
    }

    @Override
    public Optional<AgentState> agent(AgentId id) {
        return Optional.empty();
    }

    @Override
    public Optional<PublishedPlan> plan(PlanId id) {
        return Optional.empty();
    }

    @Override
    public Inventory inventory() {
        return new Inventory(java.util.Collections.emptySortedMap());
    }
}
