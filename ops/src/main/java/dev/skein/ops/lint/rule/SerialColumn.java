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
import java.util.regex.Pattern;

/** A new serial or identity column: every row gets a number. */
public final class SerialColumn implements Rule {
    private static final Pattern SERIAL = Pattern.compile("(?i)(small|big)?serial[248]?");
    private static final RuleNote NOTE =
            new RuleNote(
                    "serial-column",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "a column with a sequence is added");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            boolean serial =
                    action.addedColumn()
                            .filter(column -> column.data_type() != null)
                            .filter(
                                    column ->
                                            SERIAL.matcher(column.data_type().getText()).matches())
                            .isPresent();
            boolean identity =
                    action.columnConstraints().stream()
                            .anyMatch(each -> each.constr_body().identity_body() != null);
            if (serial || identity) {
                hits.add(
                        Hit.of(
                                AddedColumns.nameOf(action),
                                "the table is written anew while nobody can read it: every row gets"
                                        + " a number",
                                "add a plain column, set its default to nextval of a sequence, fill"
                                        + " the old rows in batches"));
            }
        }
        return hits;
    }
}
