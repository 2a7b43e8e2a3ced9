package dev.skein.ops.render;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * How wide tables may be.
 *
 * @param limit in characters; absent where nothing limits them
 */
public record Columns(OptionalInt limit) {
    /** Every cell in full, as programs and files need it. */
    public static Columns unlimited() {
        return new Columns(OptionalInt.empty());
    }

    /** At most so many. */
    public static Columns of(int limit) {
        return new Columns(OptionalInt.of(limit));
    }

    /** A text whose lines are broken between words where they are wider. */
    public String fit(String text) {
        if (limit.isEmpty()) {
            return text;
        }
        return text.lines()
                .flatMap(line -> Wrapping.fitted(line, limit.getAsInt()).stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** Those of the terminal; unlimited where the output goes to a file or a pipe. */
    public static Columns ofTerminal() {
        if (System.console() == null) {
            return unlimited();
        }
        // A later Java has a console without a terminal too; the library's answer decides then.
        try (Terminal terminal =
                TerminalBuilder.builder()
                        .system(true)
                        .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                        .dumb(true)
                        .build()) {
            boolean known =
                    !Terminal.TYPE_DUMB.equals(terminal.getType()) && terminal.getWidth() > 0;
            return known ? of(terminal.getWidth()) : unlimited();
        } catch (IOException | IllegalStateException none) {
            return unlimited();
        }
    }
}
