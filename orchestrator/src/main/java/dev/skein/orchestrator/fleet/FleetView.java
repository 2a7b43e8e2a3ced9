package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.TopicPartition;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fleet at one moment: what readers see. Immutable; may be read on any thread.
 *
 * @param positions the offset of the last record folded, for each partition
 * @param strays what could not be taken of what agents wrote, and names nobody
 * @param databases those of which something was ordered or reported; the inventory has the rest
 * @param log the log's identity, once it has one
 */
public record FleetView(
        SortedMap<TopicPartition, Long> positions,
        SortedMap<RolloutId, RolloutState> rollouts,
        SortedMap<DatabaseId, DatabaseState> databases,
        SortedMap<AgentId, AgentState> agents,
        SortedMap<PlanId, PublishedPlan> plans,
        FleetInventory inventory,
        Optional<Leader> leader,
        Optional<LogId> log,
        SortedMap<TopicPartition, SetAside> strays) {
    /** Copies the maps, each in linear time. */
    public FleetView {
        positions = Copies.copy(positions);
        rollouts = Copies.copy(rollouts);
        databases = Copies.copy(databases);
        agents = Copies.copy(agents);
        plans = Copies.copy(plans);
        strays = Copies.copy(strays);
    }

    /**
     * The state itself, without where it was read from: leaves by name, which write to equal bytes
     * wherever the same records were folded.
     */
    public SortedMap<String, Object> canonical() {
        SortedMap<String, Object> tree = new TreeMap<>();
        tree.put("rollouts", rollouts);
        tree.put("databases", databases);
        tree.put("agents", agents);
        tree.put("plans", plans);
        tree.put("leader", leader);
        tree.put("log", log);
        tree.put("strays", strays);
        return tree;
    }

    /** The same view as decisions look at it. */
    public FleetLookup lookup() {
        return new FleetLookup() {
            @Override
            public Optional<LogId> log() {
                return log;
            }

            @Override
            public Optional<RolloutState> rollout(RolloutId id) {
                return Optional.ofNullable(rollouts.get(id));
            }

            @Override
            public Collection<RolloutState> rollouts() {
                return rollouts.values();
            }

            @Override
            public DatabaseState database(DatabaseId id) {
                DatabaseState state = databases.get(id);
                return state == null ? DatabaseState.unknown(id) : state;
            }

            @Override
            public Optional<AgentState> agent(AgentId id) {
                return Optional.ofNullable(agents.get(id));
            }

            @Override
            public Optional<PublishedPlan> plan(PlanId id) {
                return Optional.ofNullable(plans.get(id));
            }

            @Override
            public FleetInventory inventory() {
                return inventory;
            }
        };
    }
}
