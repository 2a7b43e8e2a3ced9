package dev.skein.ops.draft;

import dev.skein.ops.source.SourceTree;
import dev.skein.protocol.plan.Framework;
import java.io.IOException;
import java.util.List;

/** Where a framework looks for a migration, and in which form. */
interface MigrationLayout {
    /**
     * The files of the draft.
     *
     * @param existing what is in the directory
     * @throws DraftRefused if it leaves no place for another migration
     */
    List<NewFile> files(Draft draft, SourceTree existing) throws IOException;

    /** The framework's layout. */
    static MigrationLayout of(Framework framework) {
        return switch (framework) {
            case SQL -> new SqlLayout();
            case FLYWAY -> new FlywayLayout();
            case ALEMBIC -> new AlembicLayout();
            case PRISMA -> new PrismaLayout();
            case KNEX -> new KnexLayout();
        };
    }
}
