package dev.skein.ops.build;

import dev.skein.ops.source.DirectorySource;
import dev.skein.ops.source.PlanSource;
import dev.skein.ops.source.alembic.AlembicSource;
import dev.skein.ops.source.flyway.FlywaySource;
import dev.skein.ops.source.knex.KnexSource;
import dev.skein.ops.source.plain.SqlFormat;
import dev.skein.ops.source.prisma.PrismaSource;
import dev.skein.protocol.plan.Framework;

/** The sources by framework. */
public final class PlanSources {
    private PlanSources() {}

    /** A framework's source. */
    public static PlanSource of(Framework framework) {
        return new MeasuredSource(source(framework));
    }

    private static PlanSource source(Framework framework) {
        return switch (framework) {
            case SQL -> new DirectorySource(framework, new SqlFormat());
            case FLYWAY -> new FlywaySource(System.err::println);
            case KNEX -> new KnexSource(System.err::println);
            case ALEMBIC -> new AlembicSource(System.err::println);
            case PRISMA -> new PrismaSource(System.err::println);
        };
    }
}
