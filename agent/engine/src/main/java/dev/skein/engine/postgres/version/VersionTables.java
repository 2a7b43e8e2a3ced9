package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionTableNames;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.util.Optional;

/** The version table that a plan's framework keeps. */
public final class VersionTables {
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
     * @param database the target
     * @param rollout whose migrations are applied
     */
    public static VersionTable of(
            Plan plan, String defaultSchema, DatabaseId database, RolloutId rollout) {
        Optional<VersionTableName> given = plan.versionTable();
        String schema = given.flatMap(VersionTableName::schema).orElse(defaultSchema);
        String name = VersionTableNames.table(plan);
        return switch (plan.framework()) {
            case SQL -> new NoVersionTable();
            case FLYWAY -> new FlywayHistory(schema, name);
            case ALEMBIC -> new AlembicVersion(plan, schema, name);
            case PRISMA -> new PrismaMigrations(schema, name);
            case KNEX ->
                    new KnexMigrations(
                            schema,
                            name,
                            new KnexMigrations.Origin(database.schema().orElse(""), rollout));
        };
    }
}
