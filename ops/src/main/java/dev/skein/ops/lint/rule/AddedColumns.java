package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.SqlNames;
import dev.skein.ops.lint.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_columnsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;

/** The columns that a statement makes. */
final class AddedColumns {
    private AddedColumns() {}

    /**
     * One of them.
     *
     * @param name with its table
     * @param type in lower case, without blanks
     */
    record NewColumn(String name, String type) {}

    /** In new tables and in tables that are there. */
    static List<NewColumn> of(LintedStatement statement) {
        List<NewColumn> columns = new ArrayList<>();
        statement
                .actions()
                .forEach(
                        action ->
                                action.addedColumn()
                                        .ifPresent(each -> add(columns, action.table(), each)));
        statement
                .create()
                .map(create -> create.create_table_statement())
                .ifPresent(
                        table -> {
                            Define_columnsContext define = table.define_table().define_columns();
                            if (define != null) {
                                define.table_column_def().stream()
                                        .map(each -> each.table_column_definition())
                                        .filter(each -> each != null)
                                        .forEach(
                                                each ->
                                                        add(
                                                                columns,
                                                                SqlNames.of(table.name),
                                                                each));
                            }
                        });
        return columns;
    }

    private static void add(
            List<NewColumn> columns, String table, Table_column_definitionContext column) {
        if (column.data_type() != null) {
            columns.add(
                    new NewColumn(
                            table + "." + SqlNames.of(column.identifier()),
                            column.data_type().getText().toLowerCase(Locale.ROOT)));
        }
    }

    /** The column that an action adds, with its table. */
    static String nameOf(TableAction action) {
        return action.addedColumn()
                .map(column -> action.table() + "." + SqlNames.of(column.identifier()))
                .orElse(action.table());
    }
}
