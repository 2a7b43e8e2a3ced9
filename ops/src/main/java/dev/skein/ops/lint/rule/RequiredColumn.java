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
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;

/** A new column that is not null and has no default. */
public final class RequiredColumn implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "required-column-without-default",
                    Severity.ERROR,
                    Hazard.FAILS_ON_ROWS,
                    "a column is added that every row needs and none has");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            List<Constr_bodyContext> bodies =
                    action.columnConstraints().stream()
                            .map(Constraint_commonContext::constr_body)
                            .toList();
            boolean required = bodies.stream().anyMatch(RequiredColumn::isRequired);
            boolean filled = bodies.stream().anyMatch(RequiredColumn::isFilled) || isSerial(action);
            if (required && !filled) {
                hits.add(
                        Hit.of(
                                AddedColumns.nameOf(action),
                                "it fails in each database whose table holds a row, and old"
                                        + " applications cannot insert any more",
                                "add it with a default, or without 'not null'; fill the rows, then"
                                        + " make it required"));
            }
        }
        return hits;
    }

    private static boolean isRequired(Constr_bodyContext body) {
        boolean notNull = body.NULL() != null && body.NOT() != null;
        return notNull || body.PRIMARY() != null;
    }

    private static boolean isFilled(Constr_bodyContext body) {
        return body.default_expr != null
                || body.GENERATED() != null
                || body.identity_body() != null;
    }

    private static boolean isSerial(TableAction action) {
        return action.addedColumn()
                .filter(column -> column.data_type() != null)
                .filter(
                        column ->
                                column.data_type()
                                        .getText()
                                        .toLowerCase(Locale.ROOT)
                                        .contains("serial"))
                .isPresent();
    }
}
