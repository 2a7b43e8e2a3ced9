package dev.skein.protocol.text;

/**
 * Characters that steer a terminal or begin a line of their own, in texts of databases, files and
 * people. Shown, they read as they are written in a program: {@code a}, escape, {@code [31m} reads
 * {@code a\x1b[31m}.
 */
public final class ControlCharacters {
    private static final int ONE_BYTE = 0x100;

    private ControlCharacters() {}

    /**
     * Requires a name that somebody chooses to hold none of Unicode's category Cc.
     *
     * @param what for the message
     * @return the name itself
     * @throws IllegalArgumentException if it holds one; the message shows it
     */
    public static String refusedIn(String what, String name) {
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " '" + shown(name) + "' has a control character; choose a name without");
        }
        return name;
    }

    /** The text as one line that steers nothing. */
    public static String shown(String text) {
        return shown(text, "");
    }

    /** The text, its lines and tabs as they are, steering nothing else. */
    public static String shownInLines(String text) {
        return shown(text, "\n\t");
    }

    private static String shown(String text, String allowed) {
        if (text.codePoints().noneMatch(each -> steers(each) && allowed.indexOf(each) < 0)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .forEach(
                        each -> {
                            if (steers(each) && allowed.indexOf(each) < 0) {
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

    /**
     * A JSON text whose strings hold them as JSON writes them: a writer of JSON escapes only those
     * below the blank.
     */
    public static String escapedInJson(String json) {
        if (json.chars().noneMatch(each -> each != '\n' && steers(each))) {
            return json;
        }
        StringBuilder escaped = new StringBuilder();
        json.chars()
                .forEach(
                        each -> {
                            if (each != '\n' && steers(each)) {
                                escaped.append(String.format("\\u%04X", each));
                            } else {
                                escaped.append((char) each);
                            }
                        });
        return escaped.toString();
    }
}
