package dev.skein.ops.lint;

import java.util.Optional;

/**
 * What a rule found in one statement.
 *
 * @param object what the statement is about: a table, a column, an index
 * @param message what happens, to whom
 * @param remedy the safe way, in words or SQL; empty where there is none
 * @param severity another one than the rule's
 */
public record Hit(
        String object, String message, Optional<String> remedy, Optional<Severity> severity) {
    /** One with the rule's own severity. */
    public static Hit of(String object, String message, String remedy) {
        return new Hit(object, message, Optional.of(remedy), Optional.empty());
    }

    /** One without a safe way. */
    public static Hit of(String object, String message) {
        return new Hit(object, message, Optional.empty(), Optional.empty());
    }

    /** The same with a severity of its own. */
    public Hit as(Severity other) {
        return new Hit(object, message, remedy, Optional.of(other));
    }
}
