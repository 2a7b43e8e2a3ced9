package dev.skein.ops.source;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One reason to refuse a directory of migrations.
 *
 * @param file relative to the directory, with {@code /} between its parts; the directory as it was
 *     given where the problem is not that of one file
 * @param line from 1; absent where the problem is not one of the file's text
 * @param code stable, of {@link PlanProblemCode} or {@link dev.skein.engine.sql.RefusalCode}
 * @param message what is wrong
 * @param hint what to do about it
 */
public record PlanProblem(String file, OptionalInt line, String code, String message, String hint) {
    public PlanProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    /** The problem on one line, as a compiler would print it. */
    public String describe() {
        String place = line.isPresent() ? file + ":" + line.getAsInt() : file;
        return "%s: %s [%s]. %s".formatted(place, message, code, hint);
    }
}
