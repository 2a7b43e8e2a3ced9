package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A default that applications may count on. */
public final class DropDefault implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "drop-default", Severity.NOTICE, Hazard.BREAKS_CODE, "a default is dropped");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.columnActions(column -> column.drop_def() != null).stream()
                .map(
                        action ->
                                Hit.of(
                                        action.columnName(),
                                        "applications that leave it out insert a null"
                                                + " from now on, or fail",
                                        "let applications name the column first"))
                .toList();
    }
}
