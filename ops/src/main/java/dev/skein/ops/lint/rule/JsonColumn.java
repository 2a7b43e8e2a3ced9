package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A column of a type that has no equality. */
public final class JsonColumn implements Rule {
    private static final RuleNote NOTE =
            new RuleNote("json-column", Severity.NOTICE, Hazard.FAILS, "a column is of type json");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return AddedColumns.of(statement).stream()
                .filter(column -> column.type().equals("json"))
                .map(
                        column ->
                                Hit.of(
                                        column.name(),
                                        "json has no equality: select distinct, union and group by"
                                                + " of whole rows fail",
                                        "use jsonb"))
                .toList();
    }
}
