package dev.skein.engine.sql;

import java.util.Optional;

/** What the words of one statement say about it. */
record Reading(
        Transactionality transactionality, StatementKind kind, Optional<CatalogTarget> target) {

    static Reading transactional(StatementKind kind) {
        return new Reading(Transactionality.TRANSACTIONAL, kind, Optional.empty());
    }

    static Reading nonTransactional(StatementKind kind) {
        return new Reading(Transactionality.NON_TRANSACTIONAL, kind, Optional.empty());
    }

    static Reading control(StatementKind kind) {
        return new Reading(Transactionality.CONTROL, kind, Optional.empty());
    }

    static Reading session() {
        return new Reading(Transactionality.SESSION, StatementKind.SETTING, Optional.empty());
    }

    static Reading of(boolean transactional, StatementKind kind) {
        return transactional ? transactional(kind) : nonTransactional(kind);
    }

    Reading withTarget(Optional<CatalogTarget> found) {
        return new Reading(transactionality, kind, found);
    }
}
