package dev.skein.protocol.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where statements of a step that stand one behind the other stand in the file they were read from.
 * Excerpts follow each other as the statements do; those of a step that runs alone begin with its
 * session's.
 *
 * @param statements how many they are, at least one
 * @param file relative to the source; absent where the migration's own is meant
 * @param number of the first of them in the file, from 1, or among those that the migration sent
 *     where they were recorded; absent where the file does not hold them as they are
 * @param shift what a line of the step's text is short of the file's line; each text that is sent
 *     by itself is counted from 1. Absent where the file does not hold them
 */
public record ScriptExcerpt(
        int statements, Optional<String> file, OptionalInt number, OptionalInt shift) {
    /**
     * @throws IllegalArgumentException if it is of no statement
     */
    public ScriptExcerpt {
        if (statements < 1) {
            throw new IllegalArgumentException("an excerpt needs at least one statement");
        }
    }

    /** Statements that stand in no file. */
    public static ScriptExcerpt nowhere(int statements) {
        return new ScriptExcerpt(
                statements, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** Statements that a migration sent, of which nobody knows the lines. */
    public static ScriptExcerpt recorded(int statements, int number) {
        return new ScriptExcerpt(
                statements, Optional.empty(), OptionalInt.of(number), OptionalInt.empty());
    }

    /** Statements of a file. */
    public static ScriptExcerpt of(String file, int statements, int number, int shift) {
        return new ScriptExcerpt(
                statements, Optional.of(file), OptionalInt.of(number), OptionalInt.of(shift));
    }

    /** The same where the statements stand that many lines further down in the step. */
    public ScriptExcerpt behind(int lines) {
        OptionalInt moved =
                shift.isPresent() ? OptionalInt.of(shift.getAsInt() - lines) : OptionalInt.empty();
        return new ScriptExcerpt(statements, file, number, moved);
    }

    /** The same where the numbers of the file's statements are not known. */
    public ScriptExcerpt withoutNumber() {
        return new ScriptExcerpt(statements, file, OptionalInt.empty(), shift);
    }

    /** The same where the lines of the file are not known. */
    public ScriptExcerpt withoutLines() {
        return new ScriptExcerpt(statements, file, number, OptionalInt.empty());
    }

    /**
     * The excerpt in which a step's statement of that number stands, from 1, beginning with that
     * statement; empty where none does.
     */
    public static Optional<ScriptExcerpt> at(int number, List<ScriptExcerpt> excerpts) {
        int before = 0;
        for (ScriptExcerpt each : excerpts) {
            int into = number - before - 1;
            if (into < each.statements) {
                return Optional.of(each.from(into));
            }
            before += each.statements;
        }
        return Optional.empty();
    }

    private ScriptExcerpt from(int into) {
        OptionalInt first = number.isPresent() ? OptionalInt.of(number.getAsInt() + into) : number;
        return new ScriptExcerpt(statements - into, file, first, shift);
    }
}
