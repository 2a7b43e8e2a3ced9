package dev.skein.ops.render;

import dev.skein.protocol.text.ControlCharacters;

/** Text of databases, files and people, fit for a terminal. */
final class Visible {
    private Visible() {}

    /** As one line. */
    static String of(String text) {
        return ControlCharacters.shown(text);
    }

    /** With its own lines, such as a script. */
    static String lines(String text) {
        return ControlCharacters.shownInLines(text);
    }
}
