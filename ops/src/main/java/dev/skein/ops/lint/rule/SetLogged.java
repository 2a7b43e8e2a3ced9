package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A table that is written anew, and after a crash may be empty. */
public final class SetLogged implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "set-logged",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "a table is made logged or unlogged");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.actions().stream()
                .filter(action -> action.tree().set_logged() != null)
                .map(
                        action ->
                                Hit.of(
                                        action.table(),
                                        "the table is written anew while nobody can read it; an"
                                                + " unlogged one is empty after a crash and on"
                                                + " replicas",
                                        "make a new table and keep it in step by triggers"))
                .toList();
    }
}
