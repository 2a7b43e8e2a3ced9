package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.SetAside;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.TargetState;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One database of the fleet, as lists show it.
 *
 * @param announcement who announces it; absent if no agent does any more
 * @param version it was last said to be at
 * @param rollout that is open and has it, else the one that ordered it last
 * @param status in that rollout
 * @param setAside what its agent said and could not be taken
 * @param late whether an open rollout selects it and has it in none of its waves
 * @param reachable whether an agent would carry out an order for it
 * @param gone whether no agent announces it any more, and no open rollout waits for it
 */
record DatabaseRow(
        DatabaseId id,
        Optional<Announcement> announcement,
        Optional<String> version,
        Optional<RolloutId> rollout,
        Optional<DatabaseStatus> status,
        Optional<SetAside> setAside,
        boolean late,
        boolean reachable,
        boolean gone) {
    /** What stands for a database without version, state or agent, in counts and in filters. */
    static final String NONE = "none";

    Optional<AgentId> agent() {
        return announcement.map(Announcement::owner);
    }

    SortedMap<String, String> labels() {
        return announcement.map(Announcement::labels).orElse(Collections.emptySortedMap());
    }

    String versionOrNone() {
        return version.orElse(NONE);
    }

    String stateOrNone() {
        return setAside.map(each -> TargetState.NEEDS_ATTENTION.label())
                .or(() -> status.map(each -> each.state().label()))
                .orElse(NONE);
    }

    String agentOrNone() {
        return agent().map(AgentId::value).orElse(NONE);
    }
}
