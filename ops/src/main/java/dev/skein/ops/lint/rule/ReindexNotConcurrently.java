package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;

/** An index that is built anew under a lock. */
public final class ReindexNotConcurrently implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "reindex-not-concurrently",
                    Severity.ERROR,
                    Hazard.BLOCKS_WRITES,
                    "an index is built anew while nobody can write its table");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .additional()
                .map(Additional_statementContext::reindex_stmt)
                .filter(reindex -> reindex.CONCURRENTLY() == null)
                .map(
                        reindex ->
                                Hit.of(
                                        reindex.schema_qualified_name() == null
                                                ? "all indexes"
                                                : SqlNames.of(reindex.schema_qualified_name()),
                                        "nobody can write the table while its indexes are built"
                                                + " anew, nor read by them",
                                        "reindex … concurrently, outside of a transaction"))
                .stream()
                .toList();
    }
}
