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

    Reading read(Words words) {
        return switch (words.text(0).toLowerCase(Locale.ROOT)) {
            case "begin", "start" -> Reading.control(StatementKind.BEGIN);
            case "commit" -> ending(words, StatementKind.COMMIT);
            case "end" -> Reading.control(StatementKind.COMMIT);
            case "rollback" -> ending(words, StatementKind.ROLLBACK);
            case "abort" -> Reading.control(StatementKind.ROLLBACK);
            case "savepoint", "release" -> Reading.control(StatementKind.SAVEPOINT);
            case "prepare" -> prepare(words);
            case "set" -> Settings.set(words);
            case "reset" -> Reading.session();
            case "select" -> Settings.select(words);
            case "create" -> create(words);
            case "drop" -> drop(words);
            case "alter" -> alter(words);
            case "reindex" -> indexes.reindex(words);
            case "vacuum" -> Reading.nonTransactional(StatementKind.VACUUM);
            case "cluster" -> cluster(words);
            case "discard" -> Reading.of(!words.is(1, "all"), StatementKind.DISCARD);
            default -> Reading.transactional(StatementKind.OTHER);
        };
    }

    private static Reading ending(Words words, StatementKind kind) {
        if (words.is(1, "prepared")) {
            return Reading.control(StatementKind.TWO_PHASE);
        }
        boolean toSavepoint =
                words.is(1, "to") || words.isAny(1, "work", "transaction") && words.is(2, "to");
        return Reading.control(toSavepoint ? StatementKind.SAVEPOINT : kind);
    }

    private static Reading prepare(Words words) {
        // "prepare transaction as select …" would name a prepared statement.
        return words.is(1, "transaction") && !words.isAny(2, "as", "(")
                ? Reading.control(StatementKind.TWO_PHASE)
                : Reading.transactional(StatementKind.OTHER);
    }

    private Reading create(Words words) {
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

    private Reading drop(Words words) {
        words.skip("drop");
        if (words.skip("index")) {
            return indexes.drop(words);
        }
        if (words.at("subscription")) {
            // Without a replication slot it may run in a transaction; only the server knows.
            return Reading.nonTransactional(StatementKind.SUBSCRIPTION);
        }
        return databaseOrTablespace(words);
    }

    private static Reading databaseOrTablespace(Words words) {
        if (words.at("database")) {
            return Reading.nonTransactional(StatementKind.DATABASE);
        }
        return words.at("tablespace")
                ? Reading.nonTransactional(StatementKind.TABLESPACE)
                : Reading.transactional(StatementKind.OTHER);
    }

    private Reading alter(Words words) {
        words.skip("alter");
        if (words.at("system")) {
            return Reading.nonTransactional(StatementKind.SYSTEM);
        }
        if (words.skip("database")) {
            words.name();
            return Reading.of(!words.at("set", "tablespace"), StatementKind.DATABASE);
        }
        if (words.skip("subscription")) {
            return Subscriptions.alter(words);
        }
        return words.skip("table")
                ? indexes.alterTable(words)
                : Reading.transactional(StatementKind.OTHER);
    }

    private static Reading cluster(Words words) {
        words.skip("cluster");
        words.skipOptions();
        words.skip("verbose");
        return Reading.of(!words.atEnd(), StatementKind.CLUSTER);
    }
}
