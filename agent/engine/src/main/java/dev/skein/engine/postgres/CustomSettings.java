package dev.skein.engine.postgres;

import java.util.regex.Pattern;

/**
 * Settings with a name of two parts, which need not be declared (PostgreSQL, section 19.16). Once
 * made they stay in the session: {@code reset all} leaves an empty text where a new session has no
 * such setting, and no catalogue lists them.
 */
final class CustomSettings {
    /** May find one where there is none, which costs a new session and nothing else. */
    private static final Pattern MADE =
            Pattern.compile(
                    "set_config"
                            + "|\\bset\\s+(?:session\\s+|local\\s+)?"
                            + "(?:\\w[\\w$]*+|\"[^\"]*+\")\\s*+\\.",
                    Pattern.CASE_INSENSITIVE);

    private CustomSettings() {}

    /** Whether a text may make one, as far as it says so itself. */
    static boolean mayBeMadeBy(String sql) {
        return MADE.matcher(sql).find();
    }
}
