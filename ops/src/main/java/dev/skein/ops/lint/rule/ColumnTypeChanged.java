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
import java.util.Locale;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;

/** A change of a column's type, which rewrites the table but for a few pairs of types. */
public final class ColumnTypeChanged implements Rule {
    private static final Pattern WIDENED =
            Pattern.compile("(text|varchar|charactervarying)(\\(\\d+\\))?|(numeric|decimal).*");
    private static final RuleNote NOTE =
            new RuleNote(
                    "column-type-changed",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "the type of a column is changed");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            action.columnAction()
                    .filter(column -> column.TYPE() != null && column.data_type() != null)
                    .ifPresent(column -> hits.add(hit(action, column)));
        }
        return hits;
    }

    private static Hit hit(TableAction action, Column_actionContext column) {
        String type = column.data_type().getText().toLowerCase(Locale.ROOT);
        boolean mayBeWidened = WIDENED.matcher(type).matches() && column.USING() == null;
        Hit hit =
                Hit.of(
                        action.columnName(),
                        mayBeWidened
                                ? "the table is written anew while nobody can read it, unless the"
                                        + " old type is a shorter one of the same kind"
                                : "the table is written anew while nobody can read it (ACCESS"
                                      + " EXCLUSIVE), and applications that run meet another type",
                        "add a column of the new type, keep both in step, fill it in batches, read"
                                + " the new one, drop the old one");
        return mayBeWidened ? hit.as(Severity.WARNING) : hit;
    }
}
