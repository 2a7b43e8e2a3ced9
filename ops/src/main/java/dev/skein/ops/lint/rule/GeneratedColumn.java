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

/** A new column that is computed from others and stored. */
public final class GeneratedColumn implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "generated-stored-column",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "a stored generated column is added");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            for (Constraint_commonContext constraint : action.columnConstraints()) {
                if (constraint.constr_body().STORED() != null) {
                    hits.add(
                            Hit.of(
                                    AddedColumns.nameOf(action),
                                    "the table is written anew while nobody can read it: the column"
                                            + " is computed for each row",
                                    "add a plain column, keep it by a trigger, fill the old rows in"
                                            + " batches; or a virtual one (PostgreSQL 18)"));
                }
            }
        }
        return hits;
    }
}
