package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.LateDatabases;
import dev.skein.orchestrator.rollout.StatusQueries;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes rows of one view at one time. Each rollout that a row is about is looked through once, so
 * that all rows together cost what these rollouts have in databases. For one thread.
 */
final class DatabaseRows {
    private final FleetView view;
    private final FleetLookup fleet;
    private final Instant now;
    private final List<RolloutState> open;
    private final Map<RolloutId, Map<DatabaseId, DatabaseStatus>> queries = new HashMap<>();
    private final Map<AgentId, Boolean> reachable = new HashMap<>();

    DatabaseRows(FleetView view, Instant now) {
        this.view = view;
        this.fleet = view.lookup();
        this.now = now;
        this.open = view.rollouts().values().stream().filter(RolloutState::isOpen).toList();
    }

    DatabaseRow row(DatabaseId id) {
        DatabaseState state = fleet.database(id);
        Optional<Announcement> announcement = view.inventory().announcement(id);
        Optional<RolloutState> rollout = rolloutOf(id, state);
        return new DatabaseRow(
                id,
                announcement,
                state.progress().version(),
                rollout.map(RolloutState::id),
                rollout.map(each -> queries(each).get(id)),
                state.setAside(),
                announcement.isPresent() && isLate(id, announcement.get().labels()),
                announcement.isPresent() && isReachable(announcement.get().owner()),
                announcement.isEmpty() && rollout.filter(RolloutState::isOpen).isEmpty());
    }

    private Optional<RolloutState> rolloutOf(DatabaseId id, DatabaseState state) {
        return open.stream()
                .filter(each -> each.targets().containsKey(id))
                .findFirst()
                .or(() -> lastOrder(state).map(IssuedOrder::rollout).flatMap(fleet::rollout));
    }

    /** A survey that has ended says nothing of where the database stands. */
    private static Optional<IssuedOrder> lastOrder(DatabaseState state) {
        return state.orders()
                .last()
                .filter(each -> each.kind() != OrderKind.SURVEY)
                .or(() -> state.orders().lastChange())
                .or(() -> state.orders().last());
    }

    private Map<DatabaseId, DatabaseStatus> queries(RolloutState rollout) {
        return queries.computeIfAbsent(rollout.id(), id -> byDatabase(rollout));
    }

    private Map<DatabaseId, DatabaseStatus> byDatabase(RolloutState rollout) {
        Map<DatabaseId, DatabaseStatus> map = new HashMap<>();
        StatusQueries.databases(fleet, rollout, now)
                .forEach(each -> map.put(each.database(), each));
        return map;
    }

    private boolean isLate(DatabaseId id, SortedMap<String, String> labels) {
        return open.stream().anyMatch(each -> LateDatabases.isLate(each, id, labels));
    }

    private boolean isReachable(AgentId agent) {
        return reachable.computeIfAbsent(
                agent, id -> fleet.agent(id).filter(each -> each.isReachable(now)).isPresent());
    }

    /** Where the database stands in each rollout that has it, by the rollouts' names. */
    SortedMap<RolloutId, DatabaseStatus> everywhere(DatabaseId id) {
        SortedMap<RolloutId, DatabaseStatus> all = new TreeMap<>();
        for (RolloutState rollout : view.rollouts().values()) {
            status(rollout, id).ifPresent(each -> all.put(rollout.id(), each));
        }
        return all;
    }

    private Optional<DatabaseStatus> status(RolloutState rollout, DatabaseId id) {
        Map<DatabaseId, DatabaseStatus> made = queries.get(rollout.id());
        return made == null
                ? StatusQueries.database(fleet, rollout, id, now)
                : Optional.ofNullable(made.get(id));
    }
}
