package dev.skein.ops.lint;

import dev.skein.ops.lint.rule.AllRules;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans of scripts, numbered from 1, and what the rules say of them. */
final class LintFixture {
    private LintFixture() {}

    /** One script as the step that it becomes. */
    record Script(Step step) {}

    /** One that runs in a transaction. */
    static Script script(String sql) {
        return new Script(new ScriptStep(sql));
    }

    /** One that runs outside of a transaction. */
    static Script outside(String sql) {
        return new Script(new StatementStep(List.of(), sql, new Probe.Undecidable()));
    }

    static Plan plan(List<Script> scripts) {
        List<Migration> migrations = new ArrayList<>();
        for (Script each : scripts) {
            int number = migrations.size() + 1;
            String file = "%04d_a.sql".formatted(number);
            Step placed = each.step().at(List.of(ScriptExcerpt.of(file, Integer.MAX_VALUE, 1, 0)));
            migrations.add(
                    new Migration(
                            MigrationKind.VERSIONED,
                            Integer.toString(number),
                            "a",
                            file,
                            Optional.empty(),
                            List.of(placed),
                            Optional.empty()));
        }
        return new Plan(Framework.SQL, Optional.empty(), migrations);
    }

    static LintReport lint(List<Script> scripts) {
        return lint(scripts, LintSettings.none());
    }

    static LintReport lint(List<Script> scripts, LintSettings settings) {
        return Linter.lint(plan(scripts), AllRules.book(), settings);
    }

    /** The ids of the rules that find something in one script. */
    static List<String> rules(Script script) {
        LintReport report = lint(List.of(script));
        if (!report.unread().isEmpty()) {
            throw new AssertionError(report.unread());
        }
        return report.findings().stream().map(each -> each.rule().id()).distinct().toList();
    }
}
