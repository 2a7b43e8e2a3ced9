package dev.skein.ops.lint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/**
 * One statement, and what the plan and the transaction have done before it.
 *
 * @param text as the script has it
 * @param plan what the plan has made so far
 * @param transaction what the transaction has done so far; empty outside of one
 * @param serverVersion the oldest major version that it is to run on, where that is known
 */
public record LintedStatement(
        StatementContext tree,
        String text,
        PlanSoFar plan,
        Optional<TransactionSoFar> transaction,
        OptionalInt serverVersion) {
    /** Whether the plan did not make that table itself, so that others may work with it. */
    public boolean isOld(String table) {
        return !plan.made(table);
    }

    public Optional<Schema_createContext> create() {
        return schema().map(Schema_statementContext::schema_create);
    }

    public Optional<Schema_alterContext> alter() {
        return schema().map(Schema_statementContext::schema_alter);
    }

    public Optional<Schema_dropContext> drop() {
        return schema().map(Schema_statementContext::schema_drop);
    }

    public Optional<Data_statementContext> data() {
        return Optional.ofNullable(tree.data_statement());
    }

    public Optional<Script_statementContext> script() {
        return Optional.ofNullable(tree.script_statement());
    }

    public Optional<Create_index_statementContext> createIndex() {
        return create().map(Schema_createContext::create_index_statement);
    }

    public Optional<Alter_table_statementContext> alterTable() {
        return alter().map(Schema_alterContext::alter_table_statement);
    }

    /** {@code drop} of an object by its name. */
    public Optional<Drop_statementsContext> dropNamed() {
        return drop().map(Schema_dropContext::drop_statements);
    }

    /** The names of what it drops. */
    public List<String> dropped(Drop_statementsContext drop) {
        return drop
                .if_exist_names_restrict_cascade()
                .names_references()
                .schema_qualified_name()
                .stream()
                .map(SqlNames::of)
                .toList();
    }

    public Optional<Additional_statementContext> additional() {
        return script().map(Script_statementContext::script_additional)
                .map(each -> each.additional_statement());
    }

    /** The actions of an {@code alter table} on a table that the plan did not make. */
    public List<TableAction> actions() {
        return alterTable().stream()
                .filter(alter -> isOld(SqlNames.of(alter.name)))
                .flatMap(
                        alter ->
                                alter.table_action().stream()
                                        .map(
                                                each ->
                                                        new TableAction(
                                                                SqlNames.of(alter.name), each)))
                .toList();
    }

    /** Those of the actions that do this to a column which is there. */
    public List<TableAction> columnActions(Predicate<Column_actionContext> how) {
        return actions().stream()
                .filter(action -> action.columnAction().filter(how).isPresent())
                .toList();
    }

    private Optional<Schema_statementContext> schema() {
        return Optional.ofNullable(tree.schema_statement());
    }
}
