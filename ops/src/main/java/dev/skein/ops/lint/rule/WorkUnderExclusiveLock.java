package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import dev.skein.ops.lint.TransactionSoFar;
import java.util.List;
import java.util.Set;

/** Work that takes time after a table was locked against everybody. */
public final class WorkUnderExclusiveLock implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "work-under-exclusive-lock",
                    Severity.WARNING,
                    Hazard.BLOCKS_READS,
                    "rows are changed while a table is locked");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        Set<String> locked = statement.transaction().map(TransactionSoFar::locked).orElse(Set.of());
        boolean works =
                statement.data().filter(data -> data.select_stmt() == null).isPresent()
                        || statement
                                .createIndex()
                                .filter(index -> statement.isOld(SqlNames.of(index.table_name)))
                                .isPresent();
        return works && !locked.isEmpty()
                ? List.of(
                        Hit.of(
                                String.join(", ", locked),
                                "nobody can read or write it while this runs: the transaction has"
                                        + " locked it before (ACCESS EXCLUSIVE)",
                                "do this before the lock is taken, or in a migration of its own"))
                : List.of();
    }
}
