package dev.skein.engine.sql;

import java.util.regex.Pattern;

/** Settings that the body of a block in PL/pgSQL makes and leaves to its session. */
final class BlockSettings {
    /** A literal whose text is such a statement, for {@code execute}. */
    private static final Pattern SAYS_SET =
            Pattern.compile(
                    "(?:[eE]?'|[$]\\w*[$])\\s*set\\s+(?!local\\s|transaction\\s|constraints\\s)",
                    Pattern.CASE_INSENSITIVE);

    private BlockSettings() {}

    static boolean lastIn(TokenCursor body) {
        for (int index = 0; index < body.size(); index++) {
            if (isSet(body, index) || isCall(body, index) || isExecuted(body, index)) {
                return true;
            }
        }
        return false;
    }

    /** At the beginning of a statement; {@code update … set} is none. */
    private static boolean isSet(TokenCursor body, int index) {
        return body.is(index, "set")
                && body.isAny(index - 1, ";", "begin", "then", "else", "loop")
                && !body.isAny(index + 1, "local", "transaction", "constraints");
    }

    private static boolean isCall(TokenCursor body, int index) {
        return body.is(index, "set_config")
                && body.is(index + 1, "(")
                && !SettingStatements.isLocalCall(body, index + 1);
    }

    private static boolean isExecuted(TokenCursor body, int index) {
        int said = body.is(index + 1, "format") ? index + 3 : index + 1;
        return body.is(index, "execute") && SAYS_SET.matcher(body.text(said)).lookingAt();
    }
}
