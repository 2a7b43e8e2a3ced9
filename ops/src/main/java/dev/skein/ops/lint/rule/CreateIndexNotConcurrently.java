package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;

/** An index that is built under a lock against writes. */
public final class CreateIndexNotConcurrently implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "create-index-not-concurrently",
                    Severity.ERROR,
                    Hazard.BLOCKS_WRITES,
                    "an index is built while nobody can write its table");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .createIndex()
                .filter(index -> index.CONCURRENTLY() == null)
                .map(index -> SqlNames.of(index.table_name))
                .filter(statement::isOld)
                .map(
                        table ->
                                Hit.of(
                                        table,
                                        "nobody can write "
                                                + table
                                                + " while the index is built (SHARE lock)",
                                        "create index concurrently, in a script of its own outside"
                                                + " of a transaction"))
                .stream()
                .toList();
    }
}
