package dev.skein.engine.framework;

import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the rules of several frameworks have in common about versions. */
final class PlanVersions {
    private PlanVersions() {}

    /**
     * The last in the plan's order, which is the framework's; what the plan lacks is the past, but
     * for names above all of the plan's.
     */
    static String lastInPlan(Plan plan, List<String> versions) {
        Optional<String> newer =
                versions.stream()
                        .filter(each -> isAboveTheHighest(plan, each, Comparator.naturalOrder()))
                        .max(Comparator.naturalOrder());
        if (newer.isPresent()) {
            return newer.get();
        }
        String last = versions.get(versions.size() - 1);
        for (Migration migration : plan.migrations()) {
            last = versions.contains(migration.version()) ? migration.version() : last;
        }
        return last;
    }

    /** Whether the version is above the highest of the plan. */
    static boolean isAboveTheHighest(Plan plan, String version, Comparator<String> order) {
        return plan.migrations().stream()
                .filter(migration -> migration.kind() == MigrationKind.VERSIONED)
                .map(Migration::version)
                .max(order)
                .filter(highest -> order.compare(highest, version) < 0)
                .isPresent();
    }

    /** Whether the version is above the lowest of the plan. */
    static boolean isAboveTheLowest(Plan plan, String version, Comparator<String> order) {
        return plan.migrations().stream()
                .filter(migration -> migration.kind() == MigrationKind.VERSIONED)
                .map(Migration::version)
                .min(order)
                .filter(lowest -> order.compare(lowest, version) < 0)
                .isPresent();
    }
}
