package dev.skein.ops.source;

import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.VersionTableName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How one framework names and orders its migrations. Whatever is wrong goes into the problems. */
public interface SourceFormat {
    /** The migrations in the order in which they are applied; of no use if there are problems. */
    List<Migration> migrations(SourceTree tree, PlanProblems problems) throws IOException;

    Optional<VersionTableName> versionTable(SourceSettings settings);

    /** The names that the files of migrations have, in words for a person. */
    String expectedNames();
}
