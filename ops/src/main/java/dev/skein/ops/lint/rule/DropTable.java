package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.ArrayList;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;

/** A table or a view that applications may still read. */
public final class DropTable implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "drop-table",
                    Severity.WARNING,
                    Hazard.BREAKS_CODE,
                    "a table or a view is dropped");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        statement
                .dropNamed()
                .filter(
                        drop ->
                                drop.TABLE() != null
                                        || drop.VIEW() != null
                                        || drop.SCHEMA() != null
                                        || drop.SEQUENCE() != null)
                .ifPresent(
                        drop ->
                                statement.dropped(drop).stream()
                                        .filter(statement::isOld)
                                        .forEach(name -> hits.add(hit(drop, name))));
        return hits;
    }

    private static Hit hit(Drop_statementsContext drop, String name) {
        boolean rows = drop.TABLE() != null || drop.SCHEMA() != null;
        return Hit.of(
                name,
                (rows ? "its rows are lost, and applications" : "applications")
                        + " that still name it fail",
                "let no application use it any more, then drop it in a later migration");
    }
}
