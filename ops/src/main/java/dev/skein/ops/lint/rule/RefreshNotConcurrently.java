package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;

/** A materialized view that is computed under ACCESS EXCLUSIVE. */
public final class RefreshNotConcurrently implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "refresh-not-concurrently",
                    Severity.WARNING,
                    Hazard.BLOCKS_READS,
                    "a materialized view is computed while nobody can read it");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .additional()
                .filter(each -> each.REFRESH() != null && each.CONCURRENTLY() == null)
                .map(each -> SqlNames.of(each.schema_qualified_name()))
                .filter(statement::isOld)
                .map(
                        view ->
                                Hit.of(
                                        view,
                                        "nobody can read it while it is computed (ACCESS"
                                                + " EXCLUSIVE)",
                                        "refresh materialized view concurrently; it needs a unique"
                                                + " index of the view"))
                .stream()
                .toList();
    }
}
