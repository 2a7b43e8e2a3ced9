package dev.skein.ops.source.flyway;

import dev.skein.ops.source.SourceScript;
import java.util.Optional;

/**
 * One script and what is set for it alone.
 *
 * @param raw its text as it lies in the file
 * @param inTransaction what its own settings say
 * @param replaced whether its placeholders are replaced
 */
record FlywayScript(
        FlywayFile file, String raw, Optional<Boolean> inTransaction, boolean replaced) {
    /** The script with another text, as the rules of all formats take it. */
    SourceScript with(String text) {
        return new SourceScript(file.shown(), text, "");
    }
}
