package dev.skein.engine.sql;

import java.util.Locale;
import java.util.Optional;

/** Statements about settings: of the session, or of the transaction with which they end. */
public final class SettingStatements {
    private static final String CONFORMING = "standard_conforming_strings";
    private static final String[] ON = {
        "on", "true", "yes", "1", "default", "'on'", "'true'", "'yes'", "'1'"
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
            if (words.is(index + 1, "(") && !isLocal(words, index + 1)) {
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
     * What a statement makes of {@code standard_conforming_strings}; empty where it leaves it
     * alone.
     */
    static Optional<Boolean> conformingStrings(TokenCursor words) {
        int name = words.indexOf(CONFORMING, 1);
        if (words.isAny(0, "set", "reset") && SettingStatements.name(words).equals(CONFORMING)) {
            return Optional.of(words.is(0, "reset") || words.isAny(name + 2, ON));
        }
        int call = words.indexOf("set_config", 1);
        return call >= 0 && words.is(call + 2, "'" + CONFORMING + "'")
                ? Optional.of(words.isAny(call + 4, ON))
                : Optional.empty();
    }

    /** Whether the call whose parenthesis opens here has {@code true} as its last argument. */
    private static boolean isLocal(TokenCursor words, int opening) {
        int last = words.closing(opening) - 1;
        return words.is(last, "true") && words.isAny(last - 1, ",", "=>", ":=");
    }
}
