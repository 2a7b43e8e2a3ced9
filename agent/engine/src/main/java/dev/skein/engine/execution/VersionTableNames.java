package dev.skein.engine.execution;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.util.Optional;

/** What the version table of a plan is called. */
public final class VersionTableNames {
    private VersionTableNames() {}

    /** The table's name with the schema that the plan gives, for messages. */
    public static String of(Plan plan) {
        Optional<String> schema = plan.versionTable().flatMap(VersionTableName::schema);
        return schema.map(name -> name + ".").orElse("") + table(plan);
    }

    /** The table's name, as the plan gives it or as the framework calls it. */
    public static String table(Plan plan) {
        return plan.versionTable()
                .map(VersionTableName::table)
                .orElseGet(() -> usual(plan.framework()));
    }

    private static String usual(Framework framework) {
        return switch (framework) {
            case SQL -> "";
            case FLYWAY -> "flyway_schema_history";
            case ALEMBIC -> "alembic_version";
            case PRISMA -> "_prisma_migrations";
            case KNEX -> "knex_migrations";
        };
    }
}
