package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import java.util.Collection;
import java.util.Optional;

/** What decisions look at: the live state on its owner's context, or a view of it anywhere. */
public interface FleetLookup {
    /** The identity of the log, once it has one. */
    Optional<LogId> log();

    /** The rollout of that name. */
    Optional<RolloutState> rollout(RolloutId id);

    /** All rollouts, by name. */
    Collection<RolloutState> rollouts();

    /** What was ordered and reported of a database; a blank state if nothing was. */
    DatabaseState database(DatabaseId id);

    /** The agent of that name. */
    Optional<AgentState> agent(AgentId id);

    /** The plan of that digest. */
    Optional<PublishedPlan> plan(PlanId id);

    /** All databases that agents announce. */
    FleetInventory inventory();
}
