package dev.skein.ops.trial;

import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A step in its place.
 *
 * @param migration the one it belongs to
 * @param up whether it is a step up
 * @param index among the steps of that direction, from 0
 * @param total how many steps that direction has
 */
public record TrialStep(Migration migration, boolean up, int index, int total, Step step) {
    /** The migration's steps up, in order. */
    public static List<TrialStep> up(Migration migration) {
        return all(migration, true, migration.up());
    }

    /** The migration's steps down, in order; none where it has no down. */
    public static List<TrialStep> down(Migration migration) {
        return all(migration, false, migration.down().orElse(List.of()));
    }

    private static List<TrialStep> all(Migration migration, boolean up, List<Step> steps) {
        List<TrialStep> all = new ArrayList<>();
        for (int index = 0; index < steps.size(); index++) {
            all.add(new TrialStep(migration, up, index, steps.size(), steps.get(index)));
        }
        return all;
    }

    /** {@code step 2 of 3 up of 0007 (0007_invoice.up.sql)}. */
    public String place() {
        return "step %d of %d %s of %s (%s)"
                .formatted(
                        index + 1, total, up ? "up" : "down", migration.key(), migration.script());
    }
}
