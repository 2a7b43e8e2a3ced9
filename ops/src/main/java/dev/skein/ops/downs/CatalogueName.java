package dev.skein.ops.downs;

import dev.skein.engine.sql.SqlText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an object is called.
 *
 * @param owner the table of a column or a constraint and the type of a label, qualified and quoted;
 *     the quoted schema of anything else
 * @param name unquoted
 * @param type of a column
 */
record CatalogueName(String owner, String name, Optional<String> type) {
    private static final Pattern SIMPLE = Pattern.compile("[a-z_][a-z0-9_$]*");

    String quoted() {
        return SqlText.identifier(name);
    }

    /** For a person: quoted only where SQL needs it. */
    String shown() {
        return owner + "." + (SIMPLE.matcher(name).matches() ? name : quoted());
    }

    String qualified() {
        return owner + "." + quoted();
    }
}
