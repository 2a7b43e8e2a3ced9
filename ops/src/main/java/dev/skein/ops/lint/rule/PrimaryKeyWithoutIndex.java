package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A primary key whose index is built while it is added. */
public final class PrimaryKeyWithoutIndex implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "primary-key-without-index",
                    Severity.ERROR,
                    Hazard.BLOCKS_READS,
                    "a primary key builds its index under a lock");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return Constraints.addedBy(statement).stream()
                .filter(added -> added.tree().constr_body().PRIMARY() != null)
                .filter(added -> !added.usesIndex())
                .map(
                        added ->
                                Hit.of(
                                        added.table(),
                                        "nobody can read or write the table while the index is"
                                                + " built, and all rows are read for nulls (ACCESS"
                                                + " EXCLUSIVE)",
                                        "create unique index concurrently, make the columns not"
                                                + " null, then add primary key using index"))
                .toList();
    }
}
