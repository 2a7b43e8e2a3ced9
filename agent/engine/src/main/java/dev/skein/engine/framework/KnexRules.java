package dev.skein.engine.framework;

import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Knex: a set of file names, in a table with one for its lock beside it. */
final class KnexRules implements FrameworkRules {
    private static final String LOCK_TABLE = "_lock";

    @Override
    public Optional<String> versionTable() {
        return Optional.of("knex_migrations");
    }

    @Override
    public List<String> tablesBeside(String versionTable) {
        return List.of(versionTable + LOCK_TABLE);
    }

    @Override
    public String versionOf(Plan plan, List<String> versions) {
        return PlanVersions.lastInPlan(plan, versions);
    }

    /** Knex calls a directory corrupt that has not all the files that were ever applied. */
    @Override
    public boolean hasToKnow(Plan plan, String version) {
        return true;
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
    public boolean takesRowsOut() {
        return true;
    }
}
