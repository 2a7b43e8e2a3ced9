package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;
import java.util.stream.Collectors;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;

/** A lock that is taken by name. */
public final class LockTable implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "lock-table",
                    Severity.WARNING,
                    Hazard.BLOCKS_READS,
                    "a table is locked by name");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .script()
                .map(Script_statementContext::script_transaction)
                .map(Script_transactionContext::lock_table)
                .map(
                        lock ->
                                Hit.of(
                                        tables(lock),
                                        "others wait for it until the transaction ends",
                                        "let each statement take the lock that it needs"))
                .stream()
                .toList();
    }

    private static String tables(Lock_tableContext lock) {
        return lock.only_table_multiply().stream()
                .map(table -> SqlNames.of(table.schema_qualified_name()))
                .collect(Collectors.joining(", "));
    }
}
