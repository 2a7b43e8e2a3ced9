package dev.skein.ops.draft;

import dev.skein.ops.source.SourceTree;
import java.util.List;

/** {@code 20260102030405_name/migration.sql} with {@code down.sql} beside it. */
final class PrismaLayout implements MigrationLayout {
    @Override
    public List<NewFile> files(Draft draft, SourceTree existing) {
        String directory = FileTimestamp.of(draft) + "_" + draft.slug() + "/";
        return List.of(
                NewFile.of(directory + "migration.sql", draft.upSql()),
                NewFile.of(directory + "down.sql", draft.downSql()));
    }
}
