package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** An exclusion constraint, for which there is no safe way. */
public final class ExclusionConstraint implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "exclusion-constraint",
                    Severity.ERROR,
                    Hazard.BLOCKS_READS,
                    "an exclusion constraint is added");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return Constraints.addedBy(statement).stream()
                .filter(added -> added.tree().constr_body().EXCLUDE() != null)
                .map(
                        added ->
                                Hit.of(
                                        added.table(),
                                        "nobody can read or write the table while its index is"
                                            + " built; there is no other way (ACCESS EXCLUSIVE)"))
                .toList();
    }
}
