package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.StatusQueries;
import dev.skein.orchestrator.rollout.TargetState;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many databases of open rollouts are in which state, counted when asked. Safe on any thread.
 *
 * <p>Counting is linear in the fleet, so that one count serves all states of one scrape.
 */
final class DatabaseCounts {
    private static final long FRESH_MILLIS = 1_000;

    private final FleetService fleet;
    private final LongSupplier monotonicMillis;
    private final Map<TargetState, Integer> counts = new EnumMap<>(TargetState.class);
    private boolean counted;
    private long countedAt;

    DatabaseCounts(FleetService fleet, LongSupplier monotonicMillis) {
        this.fleet = fleet;
        this.monotonicMillis = monotonicMillis;
    }

    synchronized int of(TargetState state) {
        long now = monotonicMillis.getAsLong();
        if (!counted || now - countedAt > FRESH_MILLIS) {
            count();
            counted = true;
            countedAt = now;
        }
        return counts.getOrDefault(state, 0);
    }

    private void count() {
        FleetView view = fleet.view();
        counts.clear();
        view.rollouts().values().stream()
                .filter(RolloutState::isOpen)
                .map(each -> StatusQueries.rollout(view.lookup(), each, fleet.now()).counts())
                .forEach(each -> each.forEach((state, n) -> counts.merge(state, n, Integer::sum)));
    }
}
