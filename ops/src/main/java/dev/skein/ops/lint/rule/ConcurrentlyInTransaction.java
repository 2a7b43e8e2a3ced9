package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** What PostgreSQL refuses inside of a transaction block (SQLSTATE 25001). */
public final class ConcurrentlyInTransaction implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "concurrently-in-transaction",
                    Severity.ERROR,
                    Hazard.FAILS,
                    "a concurrent build stands in a transaction");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        boolean concurrent =
                statement.createIndex().filter(each -> each.CONCURRENTLY() != null).isPresent()
                        || statement
                                .dropNamed()
                                .filter(each -> each.CONCURRENTLY() != null)
                                .isPresent();
        return concurrent && statement.transaction().isPresent()
                ? List.of(
                        Hit.of(
                                "concurrently",
                                "PostgreSQL refuses it inside of a transaction block (25001)",
                                "put it into a script of its own that runs outside of a"
                                        + " transaction"))
                : List.of();
    }
}
