package dev.skein.engine.sql;

import java.util.Objects;

/**
 * One reason to refuse a script.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param message what is wrong there
 * @param hint what to write instead
 */
public record SqlProblem(
        String file, int line, int column, RefusalCode code, String message, String hint) {
    public SqlProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    /** The problem on one line, as a compiler would print it. */
    public String describe() {
        return "%s:%d:%d: %s [%s]. %s".formatted(file, line, column, message, code.code(), hint);
    }
}
