package dev.skein.engine.framework;

import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.strategy.OnNewer;
import java.util.List;
import java.util.Optional;

/** Flyway: numbered versions; its table keeps a row of all that ever happened. */
final class FlywayRules implements FrameworkRules {
    @Override
    public Optional<String> versionTable() {
        return Optional.of("flyway_schema_history");
    }

    @Override
    public String versionOf(Plan plan, List<String> versions) {
        return versions.stream().max(VersionOrder.INSTANCE).orElseThrow();
    }

    @Override
    public boolean hasToKnow(Plan plan, String version) {
        return PlanVersions.isAboveTheLowest(plan, version, VersionOrder.INSTANCE);
    }

    /** Flyway warns and goes on: it ignores what it calls future migrations. */
    @Override
    public OnNewer onNewer() {
        return OnNewer.LEAVE;
    }

    @Override
    public GapRule gaps() {
        return GapRule.REFUSED;
    }

    @Override
    public boolean leavesOut() {
        return true;
    }

    /** Flyway runs a repeatable migration again when a value in it has changed. */
    @Override
    public Optional<String> checksumOf(String text) {
        return Optional.of(Integer.toString(FlywayChecksum.of(text)));
    }
}
