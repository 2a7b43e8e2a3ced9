package dev.skein.protocol.event;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The statement that failed, and what the server said beside its message.
 *
 * @param script the file it was read from; absent where no migration's script holds it
 * @param number of the statement in the script, from 1, or among those that the migration sends
 *     where its file is a program; absent where neither is known
 * @param line of the script, from 1; absent where the file does not hold the statement
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
    /** The same, in that file, as the statement of that number and on that line of it. */
    public FailedStatement in(Optional<String> file, OptionalInt ofFile, OptionalInt lineOfFile) {
        return new FailedStatement(file, ofFile, lineOfFile, text, detail, hint, context);
    }

    /** The same, of a step before which that many statements were sent. */
    public FailedStatement behind(int statements) {
        OptionalInt counted =
                number.isPresent() ? OptionalInt.of(number.getAsInt() + statements) : number;
        return new FailedStatement(script, counted, line, text, detail, hint, context);
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
