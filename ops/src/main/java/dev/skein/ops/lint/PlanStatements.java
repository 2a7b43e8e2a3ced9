package dev.skein.ops.lint;

import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes the steps of one migration apart into statements. */
final class PlanStatements {
    private final Migration migration;
    private int before;

    PlanStatements(Migration migration) {
        this.migration = migration;
    }

    /**
     * The statements of a step.
     *
     * @param inTransaction whether they run in one transaction that is not theirs
     * @param unread why there are none, where the step has some
     */
    record OfStep(
            Step step,
            boolean inTransaction,
            List<PlanStatement> statements,
            Optional<String> unread) {}

    List<OfStep> ofSteps() {
        List<OfStep> all = new ArrayList<>();
        migration.up().forEach(step -> all.add(step.accept(new Reader())));
        return all;
    }

    private final class Reader implements Step.Visitor<OfStep> {
        @Override
        public OfStep on(ScriptStep step) {
            return read(step, step.text(), 0, true);
        }

        @Override
        public OfStep on(StatementStep step) {
            return read(step, step.sql(), step.session().size(), false);
        }

        @Override
        public OfStep on(DelegatedStep step) {
            return new OfStep(
                    step, false, List.of(), Optional.of("a program of the team's runs it"));
        }

        @Override
        public OfStep on(CheckStep step) {
            return new OfStep(step, true, List.of(), Optional.empty());
        }
    }

    private OfStep read(Step step, String text, int settings, boolean inTransaction) {
        try {
            List<PlanStatement> statements = new ArrayList<>();
            for (SqlStatement each : SqlScript.parse(migration.script(), text).statements()) {
                statements.add(placed(step, each, settings + each.number()));
            }
            return new OfStep(step, inTransaction, statements, Optional.empty());
        } catch (SqlRefused unreadable) {
            return new OfStep(step, inTransaction, List.of(), Optional.of(unreadable.getMessage()));
        }
    }

    private PlanStatement placed(Step step, SqlStatement statement, int numberInStep) {
        Optional<ScriptExcerpt> excerpt = ScriptExcerpt.at(numberInStep, step.excerpts());
        OptionalInt shift = excerpt.map(ScriptExcerpt::shift).orElse(OptionalInt.empty());
        int lines = (int) statement.text().chars().filter(each -> each == '\n').count();
        return new PlanStatement(
                excerpt.flatMap(ScriptExcerpt::file).orElse(migration.script()),
                shift.isPresent()
                        ? OptionalInt.of(statement.line() + shift.getAsInt())
                        : OptionalInt.empty(),
                statement.line(),
                statement.line() + lines,
                ++before,
                statement.text(),
                StatementTree.of(statement.text()));
    }
}
