package dev.skein.ops.lint;

import java.util.Locale;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_columnContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;

/** Notes what a statement leaves for those that come after it. */
final class StatementEffects {
    private StatementEffects() {}

    static void note(LintedStatement statement, PlanSoFar plan) {
        statement.create().ifPresent(create -> noteMade(create, plan));
        statement
                .alterTable()
                .filter(
                        alter ->
                                alter.rename_to() != null
                                        && !statement.isOld(SqlNames.of(alter.name)))
                .ifPresent(alter -> plan.make(SqlNames.of(alter.rename_to().name)));
        statement.transaction().ifPresent(transaction -> note(statement, transaction));
    }

    private static void noteMade(Schema_createContext create, PlanSoFar plan) {
        if (create.create_table_statement() != null) {
            plan.make(SqlNames.of(create.create_table_statement().name));
        }
        if (create.create_table_as_statement() != null) {
            plan.make(SqlNames.of(create.create_table_as_statement().name));
        }
        if (create.create_view_statement() != null) {
            plan.make(SqlNames.of(create.create_view_statement().name));
        }
    }

    /** What is read for the whole plan beforehand: first columns of indexes, and policies. */
    static void noteBeforehand(LintedStatement statement, PlanSoFar plan) {
        statement
                .createIndex()
                .ifPresent(
                        index -> {
                            Index_columnContext first =
                                    index.index_rest().index_columns().index_column(0);
                            plan.index(
                                    SqlNames.of(index.table_name),
                                    first.getText().toLowerCase(Locale.ROOT));
                        });
        statement
                .create()
                .map(Schema_createContext::create_policy_statement)
                .ifPresent(policy -> plan.addPolicy(SqlNames.of(policy.schema_qualified_name())));
    }

    private static void note(LintedStatement statement, TransactionSoFar transaction) {
        ExclusiveLocks.of(statement).forEach(transaction::lock);
        for (TableAction action : statement.actions()) {
            action.addedConstraint()
                    .filter(each -> each.VALID() != null && each.identifier() != null)
                    .map(Constraint_commonContext::identifier)
                    .ifPresent(name -> transaction.addUnvalidated(SqlNames.of(name)));
        }
        enumValue(statement).ifPresent(transaction::addEnumValue);
    }

    private static Optional<String> enumValue(LintedStatement statement) {
        return statement
                .alter()
                .map(Schema_alterContext::alter_type_statement)
                .filter(type -> type.VALUE() != null && type.ADD() != null)
                .map((Alter_type_statementContext type) -> type.new_enum_value.getText());
    }
}
