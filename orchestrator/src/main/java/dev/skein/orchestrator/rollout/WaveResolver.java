package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.FleetInventory;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Decides which database lands in which wave.
 *
 * <ol>
 *   <li>The rollout's databases are those of the fleet that the strategy selects, in the order of
 *       {@link StableOrder}.
 *   <li>Each wave in turn looks at those its selector matches, and takes from the ones that no
 *       earlier wave took: with a count the first so many; with a percentage so many that, together
 *       with the matching ones of earlier waves, that part of all matching ones is reached, rounded
 *       up, so that 1 % of 24 is one database; else all.
 *   <li>What no wave takes is left over and stays out of the rollout.
 * </ol>
 *
 * Equal fleet and strategy give equal waves; databases that are added do not reorder the others.
 */
final class WaveResolver {
    private static final int PERCENT = 100;

    private final SortedMap<DatabaseId, Announcement> fleet;
    private final List<DatabaseId> selected = new ArrayList<>();
    private final Set<DatabaseId> taken = new HashSet<>();
    private final Set<DatabaseId> unknown = new HashSet<>();

    private WaveResolver(FleetInventory inventory, Strategy strategy) {
        fleet = inventory.databases();
        SelectorMatch match = new SelectorMatch(strategy.select());
        fleet.forEach(
                (id, announcement) -> {
                    if (match.matches(id, announcement.labels())) {
                        selected.add(id);
                    }
                });
        StableOrder.sort(selected);
    }

    /**
     * What came of a strategy.
     *
     * @param leftOver how many selected databases no wave takes
     * @param unknown databases that are named and that the fleet, or the rollout, does not have
     */
    record Resolved(List<WaveTargets> waves, int leftOver, List<DatabaseId> unknown) {
        int databases() {
            return waves.stream().mapToInt(wave -> wave.databases().size()).sum();
        }
    }

    static Resolved resolve(FleetInventory inventory, Strategy strategy) {
        return new WaveResolver(inventory, strategy).resolve(strategy);
    }

    private Resolved resolve(Strategy strategy) {
        requireKnown(strategy.select(), fleet.keySet());
        Set<DatabaseId> members = new HashSet<>(selected);
        List<WaveTargets> waves = new ArrayList<>();
        for (WaveSpec spec : strategy.waves()) {
            requireKnown(spec.select(), members);
            List<DatabaseId> databases = take(spec);
            taken.addAll(databases);
            waves.add(new WaveTargets(spec.name(), databases));
        }
        return new Resolved(
                waves, selected.size() - taken.size(), unknown.stream().sorted().toList());
    }

    private void requireKnown(Selector selector, Set<DatabaseId> known) {
        selector.databases().stream().filter(each -> !known.contains(each)).forEach(unknown::add);
    }

    private List<DatabaseId> take(WaveSpec spec) {
        SelectorMatch match = new SelectorMatch(spec.select());
        List<DatabaseId> matching =
                selected.stream().filter(id -> match.matches(id, fleet.get(id).labels())).toList();
        List<DatabaseId> left = matching.stream().filter(id -> !taken.contains(id)).toList();
        int limit = left.size();
        if (spec.count().isPresent()) {
            limit = Math.min(limit, spec.count().getAsInt());
        }
        if (spec.percent().isPresent()) {
            int already = matching.size() - left.size();
            int quota = quota(spec.percent().getAsInt(), matching.size());
            limit = Math.max(0, Math.min(limit, quota - already));
        }
        return left.subList(0, limit);
    }

    private static int quota(int percent, int databases) {
        return (int) (((long) percent * databases + PERCENT - 1) / PERCENT);
    }
}
