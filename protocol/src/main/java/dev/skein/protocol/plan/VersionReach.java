package dev.skein.protocol.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a plan has up to a version, and what above it.
 *
 * <p>In a line, what stands before the version's migration and behind it. In a graph, its ancestors
 * and its descendants; what is on another branch is neither. A repeatable migration has no place:
 * it belongs to the end of the plan.
 *
 * @param within keys that a database at that version has, in the plan's order
 * @param above keys that it does not have, in the plan's order
 */
public record VersionReach(List<String> within, List<String> above) {
    /** What to write for the state before the first migration. */
    public static final String NOTHING = "none";

    /** Copies the lists. */
    public VersionReach {
        within = List.copyOf(within);
        above = List.copyOf(above);
    }

    /** Empty if no migration of the plan has that version. */
    public static Optional<VersionReach> of(Plan plan, String version) {
        List<Migration> placed =
                plan.migrations().stream()
                        .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                        .toList();
        if (version.equals(NOTHING)) {
            return Optional.of(new VersionReach(List.of(), keys(placed)));
        }
        Optional<Migration> last =
                placed.stream().filter(each -> each.version().equals(version)).findFirst();
        return last.map(
                migration ->
                        Ancestry.in(plan)
                                .map(graph -> inGraph(plan, graph, migration.key()))
                                .orElseGet(() -> inLine(plan, placed, migration)));
    }

    private static VersionReach inGraph(Plan plan, Ancestry graph, String key) {
        List<String> above = new ArrayList<>(those(plan, graph.withDescendants(key)));
        above.remove(key);
        return new VersionReach(those(plan, graph.withAncestors(List.of(key))), above);
    }

    private static List<String> those(Plan plan, Collection<String> keys) {
        return keys(plan.migrations()).stream().filter(keys::contains).toList();
    }

    private static VersionReach inLine(Plan plan, List<Migration> placed, Migration last) {
        int end = placed.indexOf(last) + 1;
        boolean all = end == placed.size();
        return new VersionReach(
                keys(all ? plan.migrations() : placed.subList(0, end)),
                keys(placed.subList(end, placed.size())));
    }

    private static List<String> keys(List<Migration> migrations) {
        return migrations.stream().map(Migration::key).toList();
    }
}
