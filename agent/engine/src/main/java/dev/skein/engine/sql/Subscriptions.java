package dev.skein.engine.sql;

import java.util.Locale;
import java.util.Set;

/** Statements about subscriptions, of which some forms cannot run inside a transaction block. */
final class Subscriptions {
    private static final Set<String> FALSE = Set.of("false", "off", "0", "no");

    private Subscriptions() {}

    static StatementClass create(TokenCursor words) {
        // What keeps it out of a transaction is the replication slot on the publisher.
        boolean withoutSlot = isFalse(words, "create_slot") || isFalse(words, "connect");
        return StatementClass.of(withoutSlot, StatementKind.SUBSCRIPTION);
    }

    static StatementClass alter(TokenCursor words) {
        words.name();
        boolean refreshes =
                words.at("refresh")
                        || publicationChanges(words) && !isFalse(words, "refresh")
                        || words.at("set", "(") && changesSlot(words);
        return StatementClass.of(!refreshes, StatementKind.SUBSCRIPTION);
    }

    private static boolean publicationChanges(TokenCursor words) {
        return words.at("set", "publication")
                || words.at("add", "publication")
                || words.at("drop", "publication");
    }

    private static boolean changesSlot(TokenCursor words) {
        return words.indexOf("failover", 0) >= 0 || words.indexOf("two_phase", 0) >= 0;
    }

    private static boolean isFalse(TokenCursor words, String option) {
        int index = words.indexOf(option, 0);
        String value = words.text(index + 2).replace("'", "").toLowerCase(Locale.ROOT);
        return index >= 0 && words.is(index + 1, "=") && FALSE.contains(value);
    }
}
