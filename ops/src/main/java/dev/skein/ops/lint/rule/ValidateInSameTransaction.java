package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;
import java.util.Objects;

/** A validation under the lock that the addition still holds. */
public final class ValidateInSameTransaction implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "validate-in-same-transaction",
                    Severity.WARNING,
                    Hazard.SCAN,
                    "a constraint is validated in the transaction that added it");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.actions().stream()
                .map(action -> action.tree().validate_constraint())
                .filter(Objects::nonNull)
                .map(validate -> SqlNames.of(validate.constraint_name))
                .filter(
                        name ->
                                statement
                                        .transaction()
                                        .filter(each -> each.addedUnvalidated(name))
                                        .isPresent())
                .map(
                        name ->
                                Hit.of(
                                        name,
                                        "the lock under which it was added is held while all rows"
                                                + " are read: not valid gains nothing",
                                        "validate it in a migration of its own"))
                .toList();
    }
}
