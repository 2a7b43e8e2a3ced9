package dev.skein.engine.postgres.version;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;

/** The version table that a plan's framework keeps. */
public final class VersionTables {
    private VersionTables() {}

    /** Whether the table's schema has to be asked of the target. */
    public static boolean needsDefaultSchema(Plan plan) {
        return FrameworkRules.of(plan).livesInTheDefaultSchema(plan);
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
        String schema = plan.versionTable().flatMap(VersionTableName::schema).orElse(defaultSchema);
        String name = FrameworkRules.of(plan).versionTable(plan).orElse("");
        return switch (plan.framework()) {
            case SQL -> new NoVersionTable();
            case FLYWAY -> new FlywayHistory(schema, name);
            case ALEMBIC -> new AlembicVersion(plan, schema, name);
            case PRISMA -> new PrismaMigrations(schema, name);
            case KNEX ->
                    new KnexMigrations(
                            schema,
                            name,
                            new KnexMigrations.Origin(
                                    database.schema().orElse(""),
                                    rollout,
                                    Target.runName(database)));
        };
    }
}
