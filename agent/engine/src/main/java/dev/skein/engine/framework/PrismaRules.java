package dev.skein.engine.framework;

import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Prisma Migrate: a set of names in the order of their text. */
final class PrismaRules implements FrameworkRules {
    @Override
    public Optional<String> versionTable() {
        return Optional.of("_prisma_migrations");
    }

    @Override
    public String versionOf(Plan plan, List<String> versions) {
        return PlanVersions.lastInPlan(plan, versions);
    }

    @Override
    public boolean hasToKnow(Plan plan, String version) {
        return PlanVersions.isAboveTheLowest(plan, version, Comparator.naturalOrder());
    }

    @Override
    public boolean isNewer(Plan plan, String version) {
        return PlanVersions.isAboveTheHighest(plan, version, Comparator.naturalOrder());
    }

    @Override
    public GapRule gaps() {
        return GapRule.FILLED;
    }

    @Override
    public boolean leavesOut() {
        return true;
    }

    @Override
    public boolean recordsEveryFailure() {
        return true;
    }
}
