package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** Row level security, which hides every row until a policy shows it. */
public final class RowSecurityWithoutPolicy implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "row-security-without-policy",
                    Severity.WARNING,
                    Hazard.BREAKS_CODE,
                    "row level security is enabled");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.actions().stream()
                .filter(
                        action ->
                                action.tree().SECURITY() != null && action.tree().ENABLE() != null)
                .filter(action -> !statement.plan().hasPolicy(action.table()))
                .map(
                        action ->
                                Hit.of(
                                        action.table(),
                                        "the plan makes no policy for it: whoever is not its owner"
                                                + " sees no row and inserts none",
                                        "create the policies first, in the same transaction"))
                .toList();
    }
}
