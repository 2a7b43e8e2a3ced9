package dev.skein.engine.execution;

import dev.skein.engine.framework.Ancestry;
import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
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
record VersionReach(List<String> within, List<String> above) {
    VersionReach {
        within = List.copyOf(within);
        above = List.copyOf(above);
    }

    /** Empty if no migration of the plan has that version. */
    static Optional<VersionReach> of(Plan plan, String version) {
        List<Migration> placed =
                plan.migrations().stream()
                        .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                        .toList();
        if (version.equals(RollbackTerms.TO_NOTHING)) {
            return Optional.of(new VersionReach(List.of(), keys(placed)));
        }
        Optional<Migration> last =
                placed.stream().filter(each -> each.version().equals(version)).findFirst();
        return last.map(
                migration ->
                        FrameworkRules.of(plan)
                                .graph(plan)
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

    /** Why a database cannot be brought to that version by this plan. */
    static Optional<Refusal> refusal(
            Plan plan, DatabaseId database, String version, AppliedState appliedState) {
        if (of(plan, version).isEmpty()) {
            return Optional.of(
                    new Refusal.Mismatch(
                            "unknown-version", "the plan has no migration of version " + version));
        }
        return ApplyRefusals.unknownTo(plan, database, appliedState).stream()
                .findFirst()
                .map(
                        key ->
                                new Refusal.Mismatch(
                                        "unknown-version",
                                        "cannot go to version "
                                                + version
                                                + ": migration "
                                                + key
                                                + " is applied and the plan does not know it; name"
                                                + " a plan built from a directory that has it"));
    }
}
