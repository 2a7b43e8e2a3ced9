package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;

/** The constraints that a statement adds to tables which the plan did not make. */
final class Constraints {
    /** As the tree has it, without blanks. */
    private static final Pattern USING_INDEX = Pattern.compile("(?i)usingindex(?!tablespace)");

    private Constraints() {}

    /**
     * One of them.
     *
     * @param inColumn whether it stands at a column that is added with it
     * @param hasDefault whether that column holds something in each row
     */
    record Added(
            String table, Constraint_commonContext tree, boolean inColumn, boolean hasDefault) {
        /** Whether its index is there already. */
        boolean usesIndex() {
            return USING_INDEX.matcher(tree.getText()).find();
        }
    }

    static List<Added> addedBy(LintedStatement statement) {
        List<Added> all = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            action.addedConstraint()
                    .ifPresent(each -> all.add(new Added(action.table(), each, false, false)));
            boolean filled =
                    action.columnConstraints().stream()
                            .anyMatch(each -> each.constr_body().default_expr != null);
            action.columnConstraints()
                    .forEach(each -> all.add(new Added(action.table(), each, true, filled)));
        }
        return all;
    }
}
