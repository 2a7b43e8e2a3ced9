package dev.skein.ops.render;

import java.util.regex.Pattern;

/** Text as a word of a command that a person copies into a shell. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,-]+");

    private ShellWord() {}

    /**
     * As it is where a shell takes it so; else in quotes. What a terminal cannot show is written
     * out in the quotes of Bash and its like, which read it back.
     */
    static String of(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (Visible.of(text).equals(text)) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        return "$'" + Visible.of(text.replace("\\", "\\\\").replace("'", "\\'")) + "'";
    }
}
