package dev.skein.engine.sql;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a script.
 *
 * @param text the script's own text from the statement's first word to its last, comments between
 *     them included, the semicolon not
 * @param number among the statements of the script, from 1
 * @param line the line of the first word, from 1
 * @param target present for every {@code NON_TRANSACTIONAL} statement about one index, one table's
 *     indexes or one partition; also for their transactional forms where all names are written
 */
public record SqlStatement(
        String text,
        int number,
        int line,
        Transactionality transactionality,
        StatementKind kind,
        Optional<CatalogTarget> target,
        Set<StatementTrait> traits) {
    public SqlStatement {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(transactionality, "transactionality");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(traits, "traits");
    }

    /** Whether its words say this of it too. */
    public boolean has(StatementTrait trait) {
        return traits.contains(trait);
    }
}
