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

/** A column that applications may still read, and whose values are lost. */
public final class DropColumn implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "drop-column", Severity.WARNING, Hazard.BREAKS_CODE, "a column is dropped");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : statement.actions()) {
            action.droppedColumn()
                    .ifPresent(
                            column ->
                                    hits.add(
                                            Hit.of(
                                                    action.table() + "." + column,
                                                    "its values are lost, and applications that"
                                                            + " still name it fail",
                                                    "let no application use it any more, then drop"
                                                            + " it in a later migration")));
        }
        return hits;
    }
}
