package dev.skein.ops.source.flyway;

import dev.skein.ops.source.SourceTree;
import java.util.Locale;

/**
 * One file of a Flyway location.
 *
 * @param tree in which it lies
 * @param path in that tree
 * @param script the path relative to the location, as the version table has it
 * @param shown the path in messages
 */
record FlywayFile(SourceTree tree, String path, String script, String shown, FlywayFileName name) {
    FlywayVersion version() {
        return name.version().orElseThrow();
    }

    /** The file's name without directories. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Where the settings of this script alone would lie, in lower case, as Flyway looks it up. */
    String settingsPath() {
        return path.toLowerCase(Locale.ROOT) + ".conf";
    }
}
