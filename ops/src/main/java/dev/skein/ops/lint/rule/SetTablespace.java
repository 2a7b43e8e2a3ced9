package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A table that is copied to another place. */
public final class SetTablespace implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "set-tablespace",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "a table is moved to another tablespace");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.actions().stream()
                .filter(action -> action.tree().set_tablespace() != null)
                .map(
                        action ->
                                Hit.of(
                                        action.table(),
                                        "the table is copied while nobody can read it (ACCESS"
                                                + " EXCLUSIVE)",
                                        "make a new table there and keep it in step by triggers, or"
                                                + " move it while nobody works"))
                .toList();
    }
}
