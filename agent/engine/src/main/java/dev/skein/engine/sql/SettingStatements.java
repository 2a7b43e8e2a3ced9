package dev.skein.engine.sql;

import java.util.Locale;
import java.util.Optional;

/** Statements about settings: of the session, or of the transaction with which they end. */
public final class SettingStatements {
    private static final String[] OFF = {
        "off", "false", "no", "0", "'off'", "'of'", "'false'", "'f'", "'no'", "'n'", "'0'"
    };

    private SettingStatements() {}

    /**
     * A setting of the session made one of its transaction; any other statement as it is written.
     */
    public static String local(String statement) {
        TokenCursor words = TokenCursor.of(statement);
        if (!words.is(0, "set") || words.isAny(1, "local", "transaction", "constraints")) {
            return statement;
        }
        boolean scoped =
                words.is(1, "session") && !words.isAny(2, "authorization", "characteristics");
        return "set local " + words.textFrom(scoped ? 2 : 1);
    }

    static StatementClass set(TokenCursor words) {
        if (words.is(1, "transaction")) {
            return StatementClass.control(StatementKind.SET_TRANSACTION);
        }
        return words.isAny(1, "local", "constraints")
                ? StatementClass.transactional(StatementKind.OTHER)
                : StatementClass.session();
    }

    static StatementClass select(TokenCursor words) {
        for (int index = words.indexOf("set_config", 1);
                index >= 0;
                index = words.indexOf("set_config", index + 1)) {
            if (words.is(index + 1, "(") && !isLocalCall(words, index + 1)) {
                return StatementClass.session();
            }
        }
        return StatementClass.transactional(StatementKind.OTHER);
    }

    /**
     * The name in a {@code set} or {@code reset}; that of {@code set time zone} is its first word.
     */
    static String name(TokenCursor words) {
        int first = words.isAny(1, "session", "local") ? 2 : 1;
        int end = first + 1;
        while (words.is(end, ".")) {
            end += 2;
        }
        return end <= words.size() ? words.between(first, end).toLowerCase(Locale.ROOT) : "";
    }

    /**
     * What a statement makes of a setting that is on unless it is switched off; empty where it
     * leaves it alone.
     */
    static Optional<Boolean> flag(TokenCursor words, String setting) {
        if (words.is(0, "reset") && words.isAny(1, setting, "all")
                || words.is(0, "discard") && words.is(1, "all")) {
            return Optional.of(true);
        }
        if (words.is(0, "set") && name(words).equals(setting)) {
            return Optional.of(!words.isAny(words.indexOf(setting, 1) + 2, OFF));
        }
        int call = words.indexOf("set_config", 1);
        return call >= 0 && words.is(call + 2, "'" + setting + "'")
                ? Optional.of(!words.isAny(call + 4, OFF))
                : Optional.empty();
    }

    /** Whether a setting that this statement makes ends with its transaction. */
    static boolean isLocal(TokenCursor words) {
        int call = words.indexOf("set_config", 1);
        return words.is(0, "set") && words.is(1, "local")
                || call >= 0 && isLocalCall(words, call + 1);
    }

    /** Whether the call whose parenthesis opens here has {@code true} as its last argument. */
    static boolean isLocalCall(TokenCursor words, int opening) {
        int last = words.closing(opening) - 1;
        return words.is(last, "true") && words.isAny(last - 1, ",", "=>", ":=");
    }
}
