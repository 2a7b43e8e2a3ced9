package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;

/** A table that applications know by its old name. */
public final class RenameTable implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "rename-table",
                    Severity.WARNING,
                    Hazard.BREAKS_CODE,
                    "a table is renamed or moved to another schema");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .alterTable()
                .filter(alter -> alter.rename_to() != null || alter.set_schema() != null)
                .map(alter -> SqlNames.of(alter.name))
                .filter(statement::isOld)
                .map(
                        table ->
                                Hit.of(
                                        table,
                                        "applications that run read and write it by its old name"
                                                + " and fail",
                                        "rename it and create a view of the old name in one"
                                            + " transaction; drop the view when nobody uses it"))
                .stream()
                .toList();
    }
}
