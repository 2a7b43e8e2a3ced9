package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** An index that is dropped under ACCESS EXCLUSIVE. */
public final class DropIndexNotConcurrently implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "drop-index-not-concurrently",
                    Severity.WARNING,
                    Hazard.BLOCKS_READS,
                    "an index is dropped while nobody can read its table");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .dropNamed()
                .filter(drop -> drop.INDEX() != null && drop.CONCURRENTLY() == null)
                .stream()
                .flatMap(drop -> statement.dropped(drop).stream())
                .map(
                        index ->
                                Hit.of(
                                        index,
                                        "nobody can read or write the table of "
                                                + index
                                                + " until the transaction ends, and what reads it"
                                                + " now is waited for (ACCESS EXCLUSIVE)",
                                        "drop index concurrently "
                                                + index
                                                + ", outside of a transaction"))
                .toList();
    }
}
