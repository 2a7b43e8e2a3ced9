package dev.skein.engine.framework;

import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;

/** Plain SQL files: numbered, with Skein's ledger as their only version table. */
final class PlainSqlRules implements FrameworkRules {
    @Override
    public Optional<String> versionTable() {
        return Optional.empty();
    }

    @Override
    public String versionOf(Plan plan, List<String> versions) {
        return versions.stream().max(VersionOrder.INSTANCE).orElseThrow();
    }

    @Override
    public boolean hasToKnow(Plan plan, String version) {
        return PlanVersions.isAboveTheLowest(plan, version, VersionOrder.INSTANCE);
    }

    @Override
    public GapRule gaps() {
        return GapRule.REFUSED;
    }

    /** As {@code psql -f} runs files. */
    @Override
    public boolean sessionForEach() {
        return true;
    }
}
