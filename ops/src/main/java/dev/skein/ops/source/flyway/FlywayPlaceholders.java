package dev.skein.ops.source.flyway;

import java.util.OptionalInt;

/** Finds what Flyway takes for a placeholder, in the whole text: comments and literals too. */
final class FlywayPlaceholders {
    private FlywayPlaceholders() {}

    /** The offset of the first placeholder. */
    static OptionalInt first(String text) {
        int at = text.indexOf('$');
        while (at >= 0 && at + 1 < text.length()) {
            if (text.charAt(at + 1) == '{') {
                return OptionalInt.of(at);
            }
            // Flyway reads a dollar and the next character as a pair, so "$${" is no placeholder.
            at = text.indexOf('$', at + 2);
        }
        return OptionalInt.empty();
    }
}
