package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;
import java.util.stream.Stream;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;

/** An update or a delete without a condition. */
public final class WholeTableUpdate implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "whole-table-update",
                    Severity.WARNING,
                    Hazard.BLOCKS_WRITES,
                    "every row of a table is changed in one statement");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.data().stream()
                .flatMap(WholeTableUpdate::unconditioned)
                .filter(statement::isOld)
                .map(
                        table ->
                                Hit.of(
                                        table,
                                        "all its rows are locked until the transaction ends, and it"
                                                + " grows by all of them",
                                        "change them in batches, each in a transaction of its own"))
                .toList();
    }

    private static Stream<String> unconditioned(Data_statementContext data) {
        if (data.update_stmt_for_psql() != null && data.update_stmt_for_psql().WHERE() == null) {
            return Stream.of(SqlNames.of(data.update_stmt_for_psql().update_table_name));
        }
        boolean delete =
                data.delete_stmt_for_psql() != null && data.delete_stmt_for_psql().WHERE() == null;
        return delete
                ? Stream.of(SqlNames.of(data.delete_stmt_for_psql().delete_table_name))
                : Stream.empty();
    }
}
