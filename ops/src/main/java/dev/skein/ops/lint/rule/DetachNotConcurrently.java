package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;

/** A partition that is detached under ACCESS EXCLUSIVE. */
public final class DetachNotConcurrently implements Rule {
    private static final int CONCURRENTLY_SINCE = 14;
    private static final RuleNote NOTE =
            new RuleNote(
                    "detach-not-concurrently",
                    Severity.WARNING,
                    Hazard.BLOCKS_READS,
                    "a partition is detached while nobody can read its table");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .alterTable()
                .filter(alter -> alter.alter_partition() != null)
                .filter(alter -> alter.alter_partition().DETACH() != null)
                .filter(alter -> alter.alter_partition().CONCURRENTLY() == null)
                .filter(alter -> alter.alter_partition().FINALIZE() == null)
                .map(alter -> SqlNames.of(alter.name))
                .filter(statement::isOld)
                .map(table -> hit(table, statement))
                .stream()
                .toList();
    }

    private static Hit hit(String table, LintedStatement statement) {
        String message =
                "nobody can read or write "
                        + table
                        + " until the transaction ends (ACCESS EXCLUSIVE)";
        boolean without = statement.serverVersion().orElse(CONCURRENTLY_SINCE) < CONCURRENTLY_SINCE;
        return without
                ? Hit.of(table, message)
                : Hit.of(
                        table,
                        message,
                        "alter table … detach partition … concurrently, outside of a transaction"
                                + " (PostgreSQL 14 and later)");
    }
}
