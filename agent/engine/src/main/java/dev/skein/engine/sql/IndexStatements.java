package dev.skein.engine.sql;

import java.util.Optional;

/**
 * Statements about indexes and partitions. Their concurrent forms leave something behind when they
 * are cut short, so the names to look for are read. Where the server is to choose the name there is
 * none to look for; where one is written that cannot be read, the statement is refused.
 */
final class IndexStatements {
    private final Problems problems;

    IndexStatements(Problems problems) {
        this.problems = problems;
    }

    /** Reads on after {@code create [unique] index}. */
    StatementClass create(TokenCursor words) {
        boolean concurrently = words.skip("concurrently");
        boolean ifNotExists = words.skip("if", "not", "exists");
        StatementClass reading = StatementClass.of(!concurrently, StatementKind.CREATE_INDEX);
        if (words.at("on")) {
            // The server chooses a name, and which one depends on those that are taken already.
            return reading;
        }
        Optional<ObjectName> index = words.name();
        boolean on = words.skip("on");
        words.skip("only");
        Optional<ObjectName> table = on ? words.name() : Optional.empty();
        Optional<CatalogTarget> target =
                index.flatMap(
                        name ->
                                table.map(
                                        of ->
                                                CatalogTarget.created(
                                                        in(of, name), of, ifNotExists)));
        return required(words, reading, target);
    }

    private static ObjectName in(ObjectName table, ObjectName index) {
        return new ObjectName(table.schema(), index.name());
    }

    /** Reads on after {@code drop index}. */
    StatementClass drop(TokenCursor words) {
        boolean concurrently = words.skip("concurrently");
        boolean ifExists = words.skip("if", "exists");
        StatementClass reading = StatementClass.of(!concurrently, StatementKind.DROP_INDEX);
        Optional<ObjectName> index = words.name();
        if (!words.at(",")) {
            return required(
                    words, reading, index.map(name -> CatalogTarget.ofIndex(name, ifExists)));
        }
        if (concurrently) {
            problems.add(
                    words.position(),
                    RefusalCode.SEVERAL_INDEXES,
                    "drop index concurrently takes one index, and this statement names several",
                    "Write one statement for each index");
        }
        return reading;
    }

    StatementClass reindex(TokenCursor words) {
        words.skip("reindex");
        boolean option = concurrentlyOption(words);
        if (words.at("schema") || words.at("database") || words.at("system")) {
            return StatementClass.nonTransactional(StatementKind.REINDEX_MANY);
        }
        boolean ofIndex = words.skip("index");
        boolean ofTable = !ofIndex && words.skip("table");
        boolean concurrently = words.skip("concurrently") || option;
        StatementKind kind = ofIndex ? StatementKind.REINDEX_INDEX : StatementKind.REINDEX_TABLE;
        Optional<ObjectName> name = ofIndex || ofTable ? words.name() : Optional.empty();
        return required(
                words,
                StatementClass.of(!concurrently, kind),
                name.map(
                        found ->
                                ofIndex
                                        ? CatalogTarget.ofIndex(found, false)
                                        : CatalogTarget.ofTable(found)));
    }

    private static boolean concurrentlyOption(TokenCursor words) {
        TokenCursor options = words.skipOptions();
        int index = options.indexOf("concurrently", 0);
        return index >= 0 && !options.isAny(index + 1, "false", "off", "0", "'false'", "'off'");
    }

    /** Reads on after {@code alter table}. */
    StatementClass alterTable(TokenCursor words) {
        boolean ifExists = words.skip("if", "exists");
        words.skip("only");
        Optional<ObjectName> parent = words.name();
        words.skip("*");
        if (!words.skip("detach", "partition")) {
            return StatementClass.transactional(StatementKind.OTHER);
        }
        Optional<ObjectName> partition = words.name();
        StatementClass reading =
                StatementClass.of(!words.ahead("concurrently"), StatementKind.DETACH_PARTITION);
        Optional<CatalogTarget> target =
                parent.flatMap(
                        of -> partition.map(part -> CatalogTarget.detached(of, part, ifExists)));
        return required(words, reading, target);
    }

    private StatementClass required(
            TokenCursor words, StatementClass reading, Optional<CatalogTarget> target) {
        boolean needed = reading.transactionality() == Transactionality.NON_TRANSACTIONAL;
        if (needed && target.isEmpty()) {
            problems.add(
                    words.position(),
                    RefusalCode.UNREADABLE_NAME,
                    "the name here could not be read; without it the outcome of this"
                            + " concurrent statement could not be checked after an interruption",
                    "Write it as a plain or a double-quoted name");
        }
        return reading.withTarget(target);
    }
}
