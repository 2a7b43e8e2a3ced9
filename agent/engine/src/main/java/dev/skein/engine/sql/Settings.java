package dev.skein.engine.sql;

/** Tells settings of the session from those that end with the transaction. */
final class Settings {
    private Settings() {}

    static Reading set(Words words) {
        if (words.is(1, "transaction")) {
            return Reading.control(StatementKind.SET_TRANSACTION);
        }
        return words.isAny(1, "local", "constraints")
                ? Reading.transactional(StatementKind.OTHER)
                : Reading.session();
    }

    static Reading select(Words words) {
        for (int index = words.indexOf("set_config", 1);
                index >= 0;
                index = words.indexOf("set_config", index + 1)) {
            if (words.is(index + 1, "(") && !isLocal(words, index + 1)) {
                return Reading.session();
            }
        }
        return Reading.transactional(StatementKind.OTHER);
    }

    /** Whether the call whose parenthesis opens here has {@code true} as its last argument. */
    private static boolean isLocal(Words words, int opening) {
        int last = words.closing(opening) - 1;
        return words.is(last, "true") && words.isAny(last - 1, ",", "=>", ":=");
    }
}
