package dev.skein.ops.source.alembic;

import dev.skein.engine.sql.SettingStatements;
import dev.skein.engine.sql.SqlProblem;
import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.RecordedExcerpts;
import dev.skein.ops.source.SqlExcerpt;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes steps of what a script executed: what shared a transaction stays together, and what ran
 * outside of one becomes a step of its own.
 *
 * <p>Threads: one. Life cycle: one script.
 */
final class AlembicSteps {
    private static final String SEPARATOR = ";\n";
    private final String file;
    private final PlanProblems problems;
    private final List<String> session;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> together = new ArrayList<>();
    private final RecordedExcerpts excerpts = new RecordedExcerpts();
    private String transaction = "";
    private boolean left;

    private AlembicSteps(String file, List<String> session, PlanProblems problems) {
        this.file = file;
        this.session = new ArrayList<>(session);
        this.problems = problems;
    }

    /**
     * At least one step: also a revision that executes nothing has to be recorded as applied.
     *
     * @param session settings that hold when it begins
     */
    static List<Step> of(
            String file, RecordedScript script, List<String> session, PlanProblems problems) {
        AlembicSteps reader = new AlembicSteps(file, session, problems);
        script.path().ifPresent(path -> reader.session.add("set search_path to " + path));
        script.writes().forEach(reader::read);
        reader.flush();
        return reader.steps.isEmpty() ? List.of(new ScriptStep("")) : reader.steps;
    }

    private void read(AlembicStatement recorded) {
        if (!recorded.transaction().equals(transaction)) {
            flush();
            transaction = recorded.transaction();
            left = false;
        }
        for (SqlStatement statement : statements(recorded)) {
            switch (statement.kind()) {
                case BEGIN -> {
                    flush();
                    left = false;
                }
                case COMMIT -> {
                    flush();
                    left = true;
                }
                case ROLLBACK -> {
                    together.clear();
                    left = true;
                }
                // It sets up the transaction, which is Skein's own when the step runs.
                case SET_TRANSACTION -> {}
                case TWO_PHASE -> refuse(recorded, statement);
                default -> add(statement, recorded.autocommit() || left);
            }
        }
    }

    private void add(SqlStatement statement, boolean alone) {
        if (Statements.isNonTransactional(statement)) {
            flush();
            steps.add(StepList.alone(session, statement).at(excerpts.next(session.size(), 1)));
        } else if (alone && statement.has(StatementTrait.MAY_END_TRANSACTIONS)) {
            flush();
            steps.add(
                    StepList.withOwnTransactions(session, statement.text())
                            .at(excerpts.next(session.size(), 1)));
        } else if (alone && Statements.isSession(statement)) {
            session.add(statement.text());
        } else {
            together.add(statement.text());
            if (alone) {
                flush();
            }
        }
    }

    /** Settings made inside a transaction outlive it, so later steps begin with them. */
    private void flush() {
        if (together.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>();
        // A step leaves its connection as it found it; the next one sets what it needs itself.
        session.forEach(each -> all.add(SettingStatements.local(each)));
        together.forEach(each -> all.add(SettingStatements.local(each)));
        steps.add(
                new ScriptStep(SqlScript.asOneQuery(file, String.join(SEPARATOR, all) + ";"))
                        .at(excerpts.next(session.size(), together.size())));
        for (String each : together) {
            if (SqlScript.parse(file, each).statements().stream().anyMatch(Statements::isSession)) {
                session.add(each);
            }
        }
        together.clear();
    }

    private List<SqlStatement> statements(AlembicStatement recorded) {
        try {
            return SqlScript.parse(file, recorded.sql()).statements();
        } catch (SqlRefused refused) {
            for (SqlProblem problem : refused.problems()) {
                problems.add(
                        new PlanProblem(
                                file,
                                recorded.line(),
                                problem.code().code(),
                                problem.message() + ", in " + SqlExcerpt.of(recorded.sql()),
                                problem.hint()));
            }
            return List.of();
        }
    }

    private void refuse(AlembicStatement recorded, SqlStatement statement) {
        problems.add(
                new PlanProblem(
                        file,
                        recorded.line(),
                        PlanProblemCode.NOT_SUPPORTED.code(),
                        Statements.shown(statement) + " leaves a transaction to somebody else",
                        "Commit it in the revision"));
    }
}
