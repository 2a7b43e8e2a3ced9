package dev.skein.protocol.text;

import java.util.List;
import java.util.regex.Pattern;

/** The last lines of what a program printed, within a message; stacks are left out. */
public final class LastLines {
    private static final int LINES_MAX = 6;
    private static final int CHARACTERS_MAX = 1_200;

    /** What Node and Java print below the error itself. */
    private static final Pattern STACK =
            Pattern.compile("\\s*at .+[:(].*|\\s*\\.\\.\\. \\d+ more|\\s*\\^+|Node\\.js v[\\d.]+");

    private LastLines() {}

    /** Behind what the message says of the program: {@code "; it printed: one | two"}. */
    public static String told(String output) {
        List<String> printed = output.lines().filter(line -> !line.isBlank()).toList();
        List<String> telling =
                printed.stream().filter(line -> !STACK.matcher(line).matches()).toList();
        List<String> lines = telling.isEmpty() ? printed : telling;
        if (lines.isEmpty()) {
            return "; it printed nothing";
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size());
        String text = String.join(" | ", last.stream().map(String::strip).toList());
        return "; it printed: "
                + (text.length() <= CHARACTERS_MAX
                        ? text
                        : "…" + text.substring(text.length() - CHARACTERS_MAX));
    }
}
