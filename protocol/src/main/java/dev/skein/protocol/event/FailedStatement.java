package dev.skein.protocol.event;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The statement that failed, and what the server said beside its message.
 *
 * @param script the file it was read from; absent where no migration's script holds it
 * @param number of the statement in the script, from 1; absent where what was sent is not the whole
 *     file as it is
 * @param line of the script, from 1; absent where the number is
 * @param text on one line, shortened
 * @param detail which may hold the values of rows; absent too where the agent withholds it
 * @param hint what the server advises
 * @param context in which function the server was, the innermost first
 */
public record FailedStatement(
        Optional<String> script,
        OptionalInt number,
        OptionalInt line,
        Optional<String> text,
        Optional<String> detail,
        Optional<String> hint,
        Optional<String> context) {
    /**
     * The same, with the script it was read from.
     *
     * @param whole whether the script was sent as it is, so that its statements and lines are
     *     counted as in the file
     */
    public FailedStatement in(Optional<String> file, boolean whole) {
        return new FailedStatement(
                file,
                whole ? number : OptionalInt.empty(),
                whole ? line : OptionalInt.empty(),
                text,
                detail,
                hint,
                context);
    }

    /** Such as {@code , V2__seed.sql, line 7 (statement 3)}; empty where nothing is known. */
    public String place() {
        StringBuilder place = new StringBuilder();
        script.ifPresent(file -> place.append(", ").append(file));
        line.ifPresent(at -> place.append(", line ").append(at));
        number.ifPresent(at -> place.append(" (statement ").append(at).append(')'));
        return place.toString();
    }

    /** The statement, and what else the server said, on one line. */
    public String words() {
        StringBuilder words = new StringBuilder();
        text.ifPresent(said -> words.append("; in: ").append(said));
        detail.ifPresent(said -> words.append("; DETAIL: ").append(said));
        context.ifPresent(said -> words.append("; CONTEXT: ").append(said.replace("\n", " < ")));
        return words.toString();
    }
}
