package dev.skein.engine.sql;

import java.util.Locale;

/**
 * Says what a statement is from its leading words. The list of what cannot run inside a transaction
 * block is that of the calls of PreventInTransactionBlock in PostgreSQL 13 to 18; a word that is
 * not known here is taken as transactional, and the database judges.
 */
final class StatementReader {
    private final IndexStatements indexes;

    StatementReader(Problems problems) {
        this.indexes = new IndexStatements(problems);
    }

    /** Reads a statement, given a cursor at its first word. */
    StatementClass read(TokenCursor words) {
        return kind(words).withTraits(StatementTraits.of(words));
    }

    private StatementClass kind(TokenCursor words) {
        return switch (words.text(0).toLowerCase(Locale.ROOT)) {
            case "begin", "start" -> StatementClass.control(StatementKind.BEGIN);
            case "commit" -> ending(words, StatementKind.COMMIT);
            case "end" -> StatementClass.control(StatementKind.COMMIT);
            case "rollback" -> ending(words, StatementKind.ROLLBACK);
            case "abort" -> StatementClass.control(StatementKind.ROLLBACK);
            case "savepoint", "release" -> StatementClass.control(StatementKind.SAVEPOINT);
            case "prepare" -> prepare(words);
            case "set" -> SettingStatements.set(words);
            case "reset" -> StatementClass.session();
            case "select" -> SettingStatements.select(words);
            case "create" -> create(words);
            case "drop" -> drop(words);
            case "alter" -> alter(words);
            case "reindex" -> indexes.reindex(words);
            case "vacuum" -> StatementClass.nonTransactional(StatementKind.VACUUM);
            case "cluster" -> cluster(words);
            case "discard" -> StatementClass.of(!words.is(1, "all"), StatementKind.DISCARD);
            default -> StatementClass.transactional(StatementKind.OTHER);
        };
    }

    private static StatementClass ending(TokenCursor words, StatementKind kind) {
        if (words.is(1, "prepared")) {
            return StatementClass.control(StatementKind.TWO_PHASE);
        }
        boolean toSavepoint =
                words.is(1, "to") || words.isAny(1, "work", "transaction") && words.is(2, "to");
        return StatementClass.control(toSavepoint ? StatementKind.SAVEPOINT : kind);
    }

    private static StatementClass prepare(TokenCursor words) {
        // "prepare transaction as select …" would name a prepared statement.
        return words.is(1, "transaction") && !words.isAny(2, "as", "(")
                ? StatementClass.control(StatementKind.TWO_PHASE)
                : StatementClass.transactional(StatementKind.OTHER);
    }

    private StatementClass create(TokenCursor words) {
        words.skip("create");
        words.skip("unique");
        if (words.skip("index")) {
            return indexes.create(words);
        }
        if (words.at("subscription")) {
            return Subscriptions.create(words);
        }
        return databaseOrTablespace(words);
    }

    private StatementClass drop(TokenCursor words) {
        words.skip("drop");
        if (words.skip("index")) {
            return indexes.drop(words);
        }
        if (words.at("subscription")) {
            // Without a replication slot it may run in a transaction; only the server knows.
            return StatementClass.nonTransactional(StatementKind.SUBSCRIPTION);
        }
        return databaseOrTablespace(words);
    }

    private static StatementClass databaseOrTablespace(TokenCursor words) {
        if (words.at("database")) {
            return StatementClass.nonTransactional(StatementKind.DATABASE);
        }
        return words.at("tablespace")
                ? StatementClass.nonTransactional(StatementKind.TABLESPACE)
                : StatementClass.transactional(StatementKind.OTHER);
    }

    private StatementClass alter(TokenCursor words) {
        words.skip("alter");
        if (words.at("system")) {
            return StatementClass.nonTransactional(StatementKind.SYSTEM);
        }
        if (words.skip("database")) {
            words.name();
            return StatementClass.of(!words.at("set", "tablespace"), StatementKind.DATABASE);
        }
        if (words.skip("subscription")) {
            return Subscriptions.alter(words);
        }
        return words.skip("table")
                ? indexes.alterTable(words)
                : StatementClass.transactional(StatementKind.OTHER);
    }

    private static StatementClass cluster(TokenCursor words) {
        words.skip("cluster");
        words.skipOptions();
        words.skip("verbose");
        return StatementClass.of(!words.atEnd(), StatementKind.CLUSTER);
    }
}
