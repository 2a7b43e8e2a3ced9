package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;

/** A partition whose rows have to be read before it is attached. */
public final class AttachWithoutCheck implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "attach-without-check",
                    Severity.WARNING,
                    Hazard.SCAN,
                    "a partition is attached, and its rows may be read under a lock");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .alterTable()
                .filter(alter -> alter.alter_partition() != null)
                .filter(alter -> alter.alter_partition().ATTACH() != null)
                .map(
                        alter ->
                                SqlNames.of(
                                        alter.alter_partition()
                                                .partition_table_value()
                                                .schema_qualified_name()))
                .filter(statement::isOld)
                .map(
                        partition ->
                                Hit.of(
                                        partition,
                                        "all rows of "
                                                + partition
                                                + " are read while nobody can write it, unless a"
                                                + " check constraint says the same as the bounds",
                                        "add a check constraint of the bounds, not valid; validate"
                                            + " it in a later transaction; attach; drop the check"))
                .stream()
                .toList();
    }
}
