package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.TransactionSoFar;
import java.util.List;
import java.util.Set;

/** A value that may not be used before its transaction has ended. */
public final class EnumValueUsed implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "enum-value-used-in-transaction",
                    Severity.ERROR,
                    Hazard.FAILS,
                    "a new value of an enum is used in the transaction that adds it");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        Set<String> added =
                statement.transaction().map(TransactionSoFar::enumValues).orElse(Set.of());
        return added.stream()
                .filter(value -> statement.text().contains(value))
                .map(
                        value ->
                                Hit.of(
                                        value,
                                        "PostgreSQL refuses a new value of an enum in the"
                                                + " transaction that added it (55P04)",
                                        "add the value in a migration of its own"))
                .toList();
    }
}
