package dev.skein.engine.sql;

import java.util.Optional;
import java.util.Set;

/** What the words of one statement say about it. */
record StatementClass(
        Transactionality transactionality,
        StatementKind kind,
        Optional<CatalogTarget> target,
        Set<StatementTrait> traits) {

    static StatementClass transactional(StatementKind kind) {
        return new StatementClass(Transactionality.TRANSACTIONAL, kind, Optional.empty(), Set.of());
    }

    static StatementClass nonTransactional(StatementKind kind) {
        return new StatementClass(
                Transactionality.NON_TRANSACTIONAL, kind, Optional.empty(), Set.of());
    }

    static StatementClass control(StatementKind kind) {
        return new StatementClass(Transactionality.CONTROL, kind, Optional.empty(), Set.of());
    }

    static StatementClass session() {
        return new StatementClass(
                Transactionality.SESSION, StatementKind.SETTING, Optional.empty(), Set.of());
    }

    static StatementClass of(boolean transactional, StatementKind kind) {
        return transactional ? transactional(kind) : nonTransactional(kind);
    }

    StatementClass withTarget(Optional<CatalogTarget> found) {
        return new StatementClass(transactionality, kind, found, traits);
    }

    StatementClass withTraits(Set<StatementTrait> found) {
        return new StatementClass(transactionality, kind, target, found);
    }
}
