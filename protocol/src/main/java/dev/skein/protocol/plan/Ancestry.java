package dev.skein.protocol.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which migrations of a plan depend on which, by {@link Migration#parents()}. Immutable.
 *
 * <p>Parents that the plan does not know are left out: they lie before the beginning of a plan that
 * starts in the middle.
 */
public final class Ancestry {
    private final Map<String, List<String>> parents = new LinkedHashMap<>();
    private final Map<String, List<String>> children = new LinkedHashMap<>();

    private Ancestry(List<Migration> migrations) {
        for (Migration migration : migrations) {
            parents.put(migration.key(), new ArrayList<>());
            children.put(migration.key(), new ArrayList<>());
        }
        for (Migration migration : migrations) {
            for (String parent : migration.parents().orElse(List.of())) {
                if (children.containsKey(parent)) {
                    parents.get(migration.key()).add(parent);
                    children.get(parent).add(migration.key());
                }
            }
        }
    }

    /** The ancestry among these migrations. */
    public static Ancestry of(List<Migration> migrations) {
        return new Ancestry(migrations);
    }

    /** The ancestry of a plan whose migrations name their parents; absent where they are a line. */
    public static Optional<Ancestry> in(Plan plan) {
        return plan.migrations().stream().anyMatch(each -> each.parents().isPresent())
                ? Optional.of(of(plan.migrations()))
                : Optional.empty();
    }

    /** Whether the plan knows a migration of that key. */
    public boolean knows(String key) {
        return parents.containsKey(key);
    }

    /** Migrations that depend directly on that one. */
    public List<String> children(String key) {
        return List.copyOf(children.getOrDefault(key, List.of()));
    }

    /** The direct parents of that migration, without those that other parents imply. */
    public List<String> parents(String key) {
        List<String> direct = parents.getOrDefault(key, List.of());
        if (direct.size() < 2) {
            return List.copyOf(direct);
        }
        Set<String> implied = new LinkedHashSet<>();
        for (String parent : direct) {
            implied.addAll(reachable(parents.get(parent), parents));
        }
        return direct.stream().distinct().filter(each -> !implied.contains(each)).toList();
    }

    /** These migrations, as far as the plan knows them, and all their ancestors. */
    public Set<String> withAncestors(Collection<String> keys) {
        return reachable(keys, parents);
    }

    /** That migration and all its descendants. */
    public Set<String> withDescendants(String key) {
        return reachable(List.of(key), children);
    }

    private static Set<String> reachable(Collection<String> from, Map<String, List<String>> edges) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(from);
        while (!left.isEmpty()) {
            String key = left.remove();
            if (edges.containsKey(key) && reached.add(key)) {
                left.addAll(edges.get(key));
            }
        }
        return reached;
    }

    /**
     * The applied migrations on which no other applied one depends, sorted; keys that the plan does
     * not know are among them.
     */
    public List<String> heads(Collection<String> applied) {
        Set<String> stoodOn = new LinkedHashSet<>();
        applied.forEach(key -> stoodOn.addAll(parents.getOrDefault(key, List.of())));
        return applied.stream().filter(key -> !stoodOn.contains(key)).distinct().sorted().toList();
    }
}
