package dev.skein.ops.source;

import dev.skein.protocol.plan.Framework;

/** The sources by framework. */
public final class PlanSources {
    private PlanSources() {}

    /** A framework's source; one that cannot be read yet refuses every directory. */
    public static PlanSource of(Framework framework) {
        return switch (framework) {
            case SQL -> new DirectorySource(framework, new SqlFormat());
            case FLYWAY -> new DirectorySource(framework, new FlywayFormat());
            case ALEMBIC, PRISMA, KNEX -> new UnsupportedSource(framework);
        };
    }
}
