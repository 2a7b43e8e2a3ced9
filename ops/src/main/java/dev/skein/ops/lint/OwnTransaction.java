package dev.skein.ops.lint;

import java.util.Locale;
import java.util.Optional;

/** Follows the transactions that a script begins and ends itself. */
final class OwnTransaction {
    private OwnTransaction() {}

    /**
     * The transaction in which a statement runs.
     *
     * @param now the one in which the statement before ran
     * @param given whether the whole script runs in one that is not its own
     */
    static Optional<TransactionSoFar> around(
            String statement, Optional<TransactionSoFar> now, boolean given) {
        if (given) {
            return now;
        }
        String word = statement.strip().split("[\\s;]", 2)[0].toLowerCase(Locale.ROOT);
        return switch (word) {
            case "begin", "start" -> Optional.of(new TransactionSoFar());
            case "commit", "end", "rollback", "abort" -> Optional.empty();
            default -> now;
        };
    }
}
