package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/**
 * What an agent found of a ledger that is not as the log left it: in the way of nothing, or read by
 * an order that changes nothing.
 *
 * @param message in words, for a person
 */
public record LedgerFinding(Kind kind, String message) {
    /** What it is. */
    public enum Kind implements Labelled {
        /** It obeyed another log, and a person has taken it into this one. */
        JOINED("joined"),
        /** It was written in another database, and came with a copy or a restore. */
        COPIED("copied"),
        /** It knows less than the log: the database was restored from a backup. */
        BEHIND("behind"),
        /** It was not there, though the log knows of one. */
        GONE("gone"),
        /** It obeys another log: orders of this one would be refused. */
        ANOTHER_LOG("another-log"),
        /** It holds a later epoch than this log has ordered. */
        AHEAD("ahead");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }
}
