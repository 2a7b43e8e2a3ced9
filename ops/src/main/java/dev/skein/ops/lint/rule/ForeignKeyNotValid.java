package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.ArrayList;
import java.util.List;

/** A foreign key that is validated while it is added. */
public final class ForeignKeyNotValid implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "foreign-key-without-not-valid",
                    Severity.WARNING,
                    Hazard.SCAN,
                    "a foreign key is added and all rows are read for it");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (Constraints.Added added : Constraints.addedBy(statement)) {
            boolean foreignKey = added.tree().constr_body().REFERENCES() != null;
            // A column that is null in every row has nothing to be compared.
            boolean compared = !added.inColumn() || added.hasDefault();
            if (foreignKey && compared && added.tree().VALID() == null) {
                hits.add(
                        Hit.of(
                                added.table(),
                                "all rows are compared while nobody can write this table or the one"
                                        + " that it refers to (SHARE ROW EXCLUSIVE)",
                                "add it not valid, and validate it in a later transaction"));
            }
        }
        return hits;
    }
}
