package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A unique constraint whose index is built while it is added. */
public final class UniqueWithoutIndex implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "unique-without-index",
                    Severity.ERROR,
                    Hazard.BLOCKS_READS,
                    "a unique constraint builds its index under a lock");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return Constraints.addedBy(statement).stream()
                .filter(added -> added.tree().constr_body().UNIQUE() != null)
                .filter(added -> !added.usesIndex())
                .map(
                        added ->
                                Hit.of(
                                        added.table(),
                                        "nobody can read or write the table while the index is"
                                            + " built (ACCESS EXCLUSIVE); it fails where two rows"
                                            + " are equal",
                                        "create unique index concurrently, then add constraint …"
                                                + " unique using index"))
                .toList();
    }
}
