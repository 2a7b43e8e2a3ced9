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

/** A table that is emptied. */
public final class Truncate implements Rule {
    private static final RuleNote NOTE =
            new RuleNote("truncate", Severity.WARNING, Hazard.LOSS, "a table is emptied");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .additional()
                .map(Additional_statementContext::truncate_stmt)
                .map(truncate -> truncate.only_table_multiply())
                .stream()
                .flatMap(tables -> tables.stream())
                .map(table -> SqlNames.of(table.schema_qualified_name()))
                .filter(statement::isOld)
                .map(
                        table ->
                                Hit.of(
                                        table,
                                        "all its rows are lost, and nobody can read it until the"
                                                + " transaction ends (ACCESS EXCLUSIVE)",
                                        "delete what is meant in batches"))
                .toList();
    }
}
