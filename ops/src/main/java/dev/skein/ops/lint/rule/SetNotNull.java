package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A column that is there is made not null. */
public final class SetNotNull implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "set-not-null", Severity.WARNING, Hazard.SCAN, "a column is made required");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .columnActions(
                        column ->
                                column.SET() != null
                                        && column.NOT() != null
                                        && column.NULL() != null)
                .stream()
                .map(
                        action ->
                                Hit.of(
                                        action.columnName(),
                                        "all rows are read while nobody can read or"
                                                + " write the table, unless a valid check"
                                                + " says that none is null; it fails where"
                                                + " one is",
                                        "add a check (… is not null) not valid,"
                                                + " validate it in a later transaction, set"
                                                + " not null, drop the check"))
                .toList();
    }
}
