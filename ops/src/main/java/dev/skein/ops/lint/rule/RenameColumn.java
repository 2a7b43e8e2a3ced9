package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;

/** A column that applications know by its old name. */
public final class RenameColumn implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "rename-column", Severity.WARNING, Hazard.BREAKS_CODE, "a column is renamed");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .alterTable()
                .filter(alter -> alter.RENAME() != null && alter.CONSTRAINT() == null)
                .filter(alter -> alter.identifier().size() == 2)
                .filter(alter -> statement.isOld(SqlNames.of(alter.name)))
                .map(alter -> SqlNames.of(alter.name) + "." + SqlNames.of(alter.identifier(0)))
                .map(
                        column ->
                                Hit.of(
                                        column,
                                        "applications that run read and write it by its old name"
                                                + " and fail",
                                        "add a column of the new name, keep both in step, let"
                                                + " applications change over, drop the old one"))
                .stream()
                .toList();
    }
}
