package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.ArrayList;
import java.util.List;

/** A check constraint that is validated while it is added. */
public final class CheckNotValid implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "check-without-not-valid",
                    Severity.WARNING,
                    Hazard.SCAN,
                    "a check is added and all rows are read for it");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (Constraints.Added added : Constraints.addedBy(statement)) {
            if (added.tree().constr_body().CHECK() != null && added.tree().VALID() == null) {
                hits.add(
                        Hit.of(
                                added.table(),
                                "all rows are read while nobody can read or write the table (ACCESS"
                                        + " EXCLUSIVE); it fails where one does not hold",
                                "add it not valid, and validate it in a later transaction"));
            }
        }
        return hits;
    }
}
