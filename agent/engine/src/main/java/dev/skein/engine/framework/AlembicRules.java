package dev.skein.engine.framework;

import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;

/** Alembic: a graph of revisions, of which the table names the heads. */
final class AlembicRules implements FrameworkRules {
    private static final String BETWEEN_HEADS = ",";

    @Override
    public Optional<String> versionTable() {
        return Optional.of("alembic_version");
    }

    @Override
    public String versionOf(Plan plan, List<String> versions) {
        return String.join(BETWEEN_HEADS, Ancestry.of(plan.migrations()).heads(versions));
    }

    /** Alembic finds no way to a revision that it does not know. */
    @Override
    public boolean hasToKnow(Plan plan, String version) {
        return true;
    }

    /** Revisions have no order but that of the plan's own graph. */
    @Override
    public boolean isNewer(Plan plan, String version) {
        return false;
    }

    @Override
    public GapRule gaps() {
        return GapRule.FILLED;
    }

    @Override
    public Optional<Ancestry> graph(Plan plan) {
        return Optional.of(Ancestry.of(plan.migrations()));
    }

    @Override
    public boolean takesRowsOut() {
        return true;
    }
}
