package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.Claim;
import dev.skein.orchestrator.rollout.DatabaseStanding;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One database of the fleet, as lists show it.
 *
 * @param claim who announces it; absent if no agent does any more
 * @param version it was last said to be at
 * @param rollout that is open and has it, else the one that ordered it last
 * @param standing in that rollout
 * @param late whether an open rollout selects it and has it in none of its waves
 * @param reachable whether an agent would carry out an order for it
 */
record DatabaseRow(
        DatabaseId id,
        Optional<Claim> claim,
        Optional<String> version,
        Optional<RolloutId> rollout,
        Optional<DatabaseStanding> standing,
        boolean late,
        boolean reachable) {
    /** What stands for a database without version, state or agent, in counts and in filters. */
    static final String NONE = "none";

    Optional<AgentId> agent() {
        return claim.map(Claim::owner);
    }

    SortedMap<String, String> labels() {
        return claim.map(Claim::labels).orElse(Collections.emptySortedMap());
    }

    String versionOrNone() {
        return version.orElse(NONE);
    }

    String stateOrNone() {
        return standing.map(each -> each.state().label()).orElse(NONE);
    }

    String agentOrNone() {
        return agent().map(AgentId::value).orElse(NONE);
    }
}
