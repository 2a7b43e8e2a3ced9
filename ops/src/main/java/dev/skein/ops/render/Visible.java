package dev.skein.ops.render;

/**
 * Text of databases, files and people, fit for a terminal: what would steer it, or begin a line of
 * its own, is shown as it is written in a program.
 *
 * <p>For example {@code a}, escape, {@code [31m} reads {@code a\x1b[31m}.
 */
final class Visible {
    private static final int ONE_BYTE = 0x100;

    private Visible() {}

    static String of(String text) {
        if (text.codePoints().noneMatch(Visible::steers)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .forEach(
                        each -> {
                            if (steers(each)) {
                                shown.append(written(each));
                            } else {
                                shown.appendCodePoint(each);
                            }
                        });
        return shown.toString();
    }

    /** Marks of direction turn the text behind them around, and are of the category format. */
    private static boolean steers(int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
                return true;
            default:
                return false;
        }
    }

    private static String written(int character) {
        switch (character) {
            case '\n':
                return "\\n";
            case '\r':
                return "\\r";
            case '\t':
                return "\\t";
            default:
                return String.format(character < ONE_BYTE ? "\\x%02x" : "\\u%04x", character);
        }
    }
}
