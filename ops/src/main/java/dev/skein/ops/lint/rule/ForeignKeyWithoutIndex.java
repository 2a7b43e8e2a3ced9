package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;

/** A foreign key for whose columns the plan makes no index. */
public final class ForeignKeyWithoutIndex implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "foreign-key-without-index",
                    Severity.NOTICE,
                    Hazard.BLOCKS_WRITES,
                    "a foreign key has no index of its columns");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        List<Hit> hits = new ArrayList<>();
        for (Constraints.Added added : Constraints.addedBy(statement)) {
            Constr_bodyContext body = added.tree().constr_body();
            if (body.FOREIGN() != null && !body.names_with_period().isEmpty()) {
                String column =
                        body.names_with_period(0)
                                .schema_qualified_name(0)
                                .getText()
                                .toLowerCase(Locale.ROOT);
                if (!statement.plan().indexes(added.table(), column)) {
                    hits.add(
                            Hit.of(
                                    added.table() + "." + column,
                                    "each delete of a row that is referred to reads the whole"
                                        + " table, unless an index of this column is there already",
                                    "create index concurrently … on "
                                            + added.table()
                                            + " ("
                                            + column
                                            + ")"));
                }
            }
        }
        return hits;
    }
}
