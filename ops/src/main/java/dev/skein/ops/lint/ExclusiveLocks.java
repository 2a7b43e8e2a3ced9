package dev.skein.ops.lint;

import java.util.Set;
import java.util.TreeSet;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;

/**
 * The tables, made by none of the plan's statements, that a statement takes ACCESS EXCLUSIVE:
 * nobody reads them until its transaction ends (PostgreSQL, section 13.3 and ALTER TABLE).
 */
final class ExclusiveLocks {
    private ExclusiveLocks() {}

    static Set<String> of(LintedStatement statement) {
        Set<String> locked = new TreeSet<>();
        statement
                .alterTable()
                .filter(alter -> statement.isOld(SqlNames.of(alter.name)))
                .filter(alter -> isExclusive(alter, statement))
                .ifPresent(alter -> locked.add(SqlNames.of(alter.name)));
        statement
                .dropNamed()
                .filter(drop -> drop.TABLE() != null)
                .ifPresent(drop -> locked.addAll(statement.dropped(drop)));
        locked.removeIf(table -> !statement.isOld(table));
        return locked;
    }

    private static boolean isExclusive(
            Alter_table_statementContext alter, LintedStatement statement) {
        if (alter.table_action().isEmpty()) {
            return alter.alter_partition() == null;
        }
        return statement.actions().stream().anyMatch(ExclusiveLocks::isExclusive);
    }

    private static boolean isExclusive(TableAction action) {
        boolean foreignKey =
                action.addedConstraint()
                        .filter(each -> each.constr_body().REFERENCES() != null)
                        .isPresent();
        boolean trigger = action.tree().TRIGGER() != null;
        boolean statistics =
                action.columnAction().filter(each -> each.set_statistics() != null).isPresent();
        return action.tree().validate_constraint() == null
                && !foreignKey
                && !trigger
                && !statistics
                && action.tree().storage_parameters() == null;
    }
}
