package dev.skein.ops.draft;

import dev.skein.ops.schema.ScriptText;
import java.time.Instant;
import java.util.List;

/**
 * A migration that is not yet a file.
 *
 * @param name what it does, in a person's words
 * @param up the statements that apply it, none of which controls the transaction
 * @param down those that take it back
 * @param at when it was written
 */
public record Draft(String name, List<String> up, List<String> down, Instant at) {
    /**
     * @throws IllegalArgumentException if the name has no letter and no digit
     */
    public Draft {
        up = List.copyOf(up);
        down = List.copyOf(down);
        if (slug(name).isEmpty()) {
            throw new IllegalArgumentException("the name '" + name + "' has no letter or digit");
        }
    }

    /** The name as a part of file names: letters, digits and single underscores. */
    String slug() {
        return slug(name);
    }

    private static String slug(String name) {
        return name.strip().replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_+|_+$", "");
    }

    String upSql() {
        return ScriptText.join(up);
    }

    String downSql() {
        return ScriptText.join(down);
    }
}
