package dev.skein.ops.lint;

import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;

/**
 * One action of an {@code alter table}.
 *
 * @param table as {@link SqlNames} writes it
 */
public record TableAction(String table, Table_actionContext tree) {
    /** The column that it adds. */
    public Optional<Table_column_definitionContext> addedColumn() {
        return tree.ADD() == null
                ? Optional.empty()
                : Optional.ofNullable(tree.table_column_definition());
    }

    /** The constraint of the table that it adds. */
    public Optional<Constraint_commonContext> addedConstraint() {
        return Optional.ofNullable(tree.tabl_constraint);
    }

    /** The column that it drops. */
    public Optional<String> droppedColumn() {
        boolean drops = tree.DROP() != null && tree.column != null;
        return drops ? Optional.of(SqlNames.of(tree.column)) : Optional.empty();
    }

    /** What it does to a column that is there. */
    public Optional<Column_actionContext> columnAction() {
        return Optional.ofNullable(tree.column_action());
    }

    /** The column in question, with its table. */
    public String columnName() {
        return tree.column == null ? table : table + "." + SqlNames.of(tree.column);
    }

    /** The constraints of the column that it adds. */
    public List<Constraint_commonContext> columnConstraints() {
        return addedColumn()
                .map(Table_column_definitionContext::constraint_common)
                .orElse(List.of());
    }
}
