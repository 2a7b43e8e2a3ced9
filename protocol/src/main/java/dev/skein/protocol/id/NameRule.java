package dev.skein.protocol.id;

import dev.skein.protocol.text.ControlCharacters;
import java.util.regex.Pattern;

/** The rule that short names (servers, agents, rollouts) keep, so that they fit URLs and keys. */
final class NameRule {
    private static final int LENGTH_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private NameRule() {}

    static String require(String what, String value) {
        if (value == null || value.length() > LENGTH_MAX || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what
                            + " '"
                            + ControlCharacters.shown(String.valueOf(value))
                            + "' is not a name: 1 to "
                            + LENGTH_MAX
                            + " letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
        return value;
    }
}
