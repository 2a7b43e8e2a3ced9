package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A column of which applications expect that it is never null. */
public final class DropNotNull implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "drop-not-null",
                    Severity.NOTICE,
                    Hazard.BREAKS_CODE,
                    "a column may be null from now on");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .columnActions(
                        column ->
                                column.DROP() != null
                                        && column.NOT() != null
                                        && column.NULL() != null)
                .stream()
                .map(
                        action ->
                                Hit.of(
                                        action.columnName(),
                                        "applications that run may not expect a null in it",
                                        "let applications read nulls first"))
                .toList();
    }
}
