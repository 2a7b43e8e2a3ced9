package dev.skein.engine.sql;

import java.util.regex.Pattern;

/**
 * The settings that change how the rest of a script is read, followed from statement to statement
 * as psql and the frameworks meet them: they send one statement after the other (PostgreSQL,
 * section 19.13.1).
 */
final class LiteralSettings {
    private static final String CONFORMING = "standard_conforming_strings";
    private static final Pattern NAMED = Pattern.compile(CONFORMING, Pattern.CASE_INSENSITIVE);

    private final FollowedFlag conforming = new FollowedFlag(CONFORMING);
    private final FollowedFlag backslashQuote = new FollowedFlag("backslash_quote");

    /** Whether a text names the setting that {@link SentText} is about. */
    static boolean mayChangeIn(String text) {
        return NAMED.matcher(text).find();
    }

    /** Whether a backslash in a literal without a prefix stands for itself. */
    boolean conformingStrings() {
        return conforming.now;
    }

    /** Whether the server takes {@code \\'} for a quote inside a literal. */
    boolean backslashQuote() {
        return backslashQuote.now;
    }

    /** Takes what a statement makes of them. */
    void after(TokenCursor words, StatementKind kind) {
        conforming.after(words, kind);
        backslashQuote.after(words, kind);
    }

    /** One setting: of the session, and as the transaction at hand has it. */
    private static final class FollowedFlag {
        private final String name;
        private boolean now = true;
        private boolean afterCommit = true;
        private boolean afterRollback = true;

        FollowedFlag(String name) {
            this.name = name;
        }

        void after(TokenCursor words, StatementKind kind) {
            switch (kind) {
                case BEGIN -> afterRollback = now;
                case COMMIT -> now = afterCommit;
                case ROLLBACK -> {
                    now = afterRollback;
                    afterCommit = afterRollback;
                }
                default -> SettingStatements.flag(words, name).ifPresent(on -> set(words, on));
            }
        }

        private void set(TokenCursor words, boolean on) {
            now = on;
            if (!SettingStatements.isLocal(words)) {
                afterCommit = on;
            }
        }
    }
}
