package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.RehearsedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Migrations that Skein applied and whose rows the version table no longer has, in a framework
 * whose own rollback takes rows out.
 *
 * <p>A deleted row and such a rollback leave the same table. Where the plan was rehearsed the
 * catalogue tells them apart: it shows the migration's objects as they are after it, or not.
 */
public final class LostRows {
    private final Plan plan;
    private final AppliedState appliedState;

    LostRows(Plan plan, AppliedState appliedState) {
        this.plan = plan;
        this.appliedState = appliedState;
    }

    /** The objects by which to tell; none where no row is missing or nothing was rehearsed. */
    public static SortedSet<String> objects(Plan plan, Survey survey) {
        SortedSet<String> objects = new TreeSet<>();
        LostRows lost = new LostRows(plan, AppliedState.of(plan, survey));
        lost.keys().forEach(key -> lost.changes(key).forEach(each -> objects.add(each.object())));
        return objects;
    }

    /** Keys of those that the catalogue shows to be in the database, in the order of the ledger. */
    List<String> standing(Map<String, String> digests) {
        return keys().stream().filter(key -> stands(changes(key), digests)).toList();
    }

    private static boolean stands(List<ObjectChange> changes, Map<String, String> digests) {
        return !changes.isEmpty()
                && CatalogueComparison.of(changes, digests).verdict()
                        == CatalogueComparison.Verdict.AFTER;
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (plan.rehearsal().isPresent() && FrameworkRules.of(plan).takesRowsOut()) {
            appliedState
                    .migrationStates()
                    .forEach(
                            (key, state) -> {
                                boolean whole = state.present() && !state.partial();
                                if (whole && appliedState.applied(key).isEmpty()) {
                                    keys.add(key);
                                }
                            });
        }
        return keys;
    }

    /** What the last of its steps changed that changed anything. */
    private List<ObjectChange> changes(String key) {
        int steps = plan.migration(key).map(Migration::up).map(List::size).orElse(0);
        List<ObjectChange> changes = List.of();
        for (int i = 0; i < steps; i++) {
            int index = i;
            Optional<List<ObjectChange>> found =
                    plan.rehearsal()
                            .flatMap(each -> each.step(key, true, index))
                            .map(RehearsedStep::changes)
                            .filter(each -> !each.isEmpty());
            changes = found.orElse(changes);
        }
        return changes;
    }
}
