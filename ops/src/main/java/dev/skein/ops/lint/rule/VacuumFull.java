package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_statementContext;

/** A table that is written anew to make it small, or to sort it. */
public final class VacuumFull implements Rule {
    private static final Pattern FULL =
            Pattern.compile("(?i)^\\s*vacuum\\b[\\s(]*(\\w+,\\s*)*full\\b");
    private static final RuleNote NOTE =
            new RuleNote(
                    "vacuum-full",
                    Severity.ERROR,
                    Hazard.REWRITE,
                    "a table is written anew to make it small");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        boolean vacuum =
                statement
                        .script()
                        .map(Script_statementContext::script_additional)
                        .filter(each -> each.VACUUM() != null)
                        .filter(each -> FULL.matcher(statement.text()).find())
                        .isPresent();
        boolean cluster =
                statement.additional().map(Additional_statementContext::cluster_stmt).isPresent();
        return vacuum || cluster
                ? List.of(
                        Hit.of(
                                vacuum ? "vacuum full" : "cluster",
                                "the table is written anew while nobody can read it (ACCESS"
                                        + " EXCLUSIVE)",
                                "leave it to autovacuum, or to a tool that copies beside, such as"
                                        + " pg_repack"))
                : List.of();
    }
}
