package dev.skein.agent.version;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.util.Optional;

/** The version table that a plan's framework keeps. */
public final class VersionTables {
    private static final VersionTableName FLYWAY =
            new VersionTableName(Optional.empty(), "flyway_schema_history");

    private VersionTables() {}

    /** Whether the table's schema has to be asked of the target. */
    public static boolean needsDefaultSchema(Plan plan) {
        return plan.framework() != Framework.SQL
                && plan.versionTable().flatMap(VersionTableName::schema).isEmpty();
    }

    /**
     * The table of this plan's framework.
     *
     * @param defaultSchema of the target, used where the plan names none
     * @return empty if the agent does not know how to keep that framework's books
     */
    public static Optional<VersionTable> of(Plan plan, String defaultSchema) {
        return switch (plan.framework()) {
            case SQL -> Optional.of(new NoVersionTable());
            case FLYWAY -> {
                VersionTableName name = plan.versionTable().orElse(FLYWAY);
                yield Optional.of(
                        new FlywayHistory(name.schema().orElse(defaultSchema), name.table()));
            }
            case ALEMBIC, PRISMA, KNEX -> Optional.empty();
        };
    }
}
