package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.TableAction;
import java.util.ArrayList;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** A new column whose default has to be computed for each row. */
public final class VolatileDefault implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "volatile-default",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "a column is added whose default differs from row to row");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            for (Constraint_commonContext constraint : action.columnConstraints()) {
                VexContext value = constraint.constr_body().default_expr;
                if (value != null && Volatility.mayDiffer(value.getText())) {
                    hits.add(
                            Hit.of(
                                    AddedColumns.nameOf(action),
                                    "the table is written anew while nobody can read it: its"
                                            + " default is computed for each row",
                                    "add the column without the default, set the default, then fill"
                                            + " the old rows in batches"));
                }
            }
        }
        return hits;
    }
}
