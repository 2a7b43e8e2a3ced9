package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the version table says after a run of the framework, beside what it said before.
 *
 * @param verdict whether the migration's own effect is all that changed
 * @param added keys that nobody asked for
 * @param missing keys that nobody took out
 */
record VersionReading(
        Verdict verdict, String table, String migration, List<String> added, List<String> missing) {
    /** What is known. */
    enum Verdict {
        /** The step at hand has taken effect, and nothing else has. */
        THERE,
        /** The table says what it said before. */
        NOT_THERE,
        /** The table says something else. */
        OTHERWISE
    }

    static VersionReading of(Execution execution, Survey now) {
        Plan plan = execution.context().plan();
        AppliedState before = AppliedState.of(plan, execution.progress().survey());
        Set<String> expected = before.keysAfter(execution.progress().changesWithThisStep());
        Set<String> unchanged = before.keysAfter(execution.progress().changesBeforeThisStep());
        Set<String> found = AppliedState.of(plan, now).keysAfter(List.of());
        Verdict verdict =
                found.equals(expected)
                        ? Verdict.THERE
                        : found.equals(unchanged) ? Verdict.NOT_THERE : Verdict.OTHERWISE;
        return new VersionReading(
                verdict,
                FrameworkRules.of(plan).versionTable(plan).orElse(""),
                execution.plannedStep().ref().migration(),
                without(found, expected),
                without(expected, found));
    }

    /** Whether the migration at hand is in the database, whatever else is. */
    static boolean isThere(Execution execution, Survey now) {
        return AppliedState.of(execution.context().plan(), now)
                .applied(execution.plannedStep().ref().migration())
                .isPresent();
    }

    private static List<String> without(Set<String> some, Set<String> others) {
        Set<String> left = new LinkedHashSet<>(some);
        left.removeAll(others);
        return List.copyOf(left);
    }

    /** A run that succeeded somewhere else. */
    String unchanged() {
        return "the run reported success, but the version table "
                + table
                + " is as it was before; see which database the runner's environment names";
    }

    /** What differs from what the step alone would have changed. */
    String otherwise() {
        List<String> parts = new ArrayList<>();
        if (!added.isEmpty()) {
            parts.add("has " + ShortKeys.text(added) + " besides");
        }
        if (!missing.isEmpty()) {
            parts.add("lacks " + ShortKeys.text(missing));
        }
        return "the version table "
                + table
                + " "
                + String.join(" and ", parts)
                + ", while "
                + migration
                + " alone was to change";
    }
}
