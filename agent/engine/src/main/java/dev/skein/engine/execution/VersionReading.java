package dev.skein.engine.execution;

import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * The one text that says at which version a database is, in its framework's terms: the highest
 * version, the last migration by name, or the heads of a graph.
 */
final class VersionReading {
    private static final String BETWEEN_HEADS = ",";

    private VersionReading() {}

    /** What a database reads that has these versions; empty where it has none. */
    static Optional<String> of(Plan plan, List<String> versions) {
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        return switch (plan.framework()) {
            case SQL, FLYWAY -> versions.stream().max(VersionOrder.INSTANCE);
            case PRISMA, KNEX -> Optional.of(lastOf(plan, versions));
            case ALEMBIC ->
                    Optional.of(
                            String.join(
                                    BETWEEN_HEADS, Ancestry.of(plan.migrations()).heads(versions)));
        };
    }

    /** The plan knows how the framework sorts names; what it does not know is the past. */
    private static String lastOf(Plan plan, List<String> versions) {
        String last = versions.get(versions.size() - 1);
        for (var migration : plan.migrations()) {
            last = versions.contains(migration.version()) ? migration.version() : last;
        }
        return last;
    }
}
