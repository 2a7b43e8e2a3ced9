package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.Unplaced;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlembicStepsTest {
    private final PlanProblems problems = new PlanProblems();

    private static AlembicStatement inside(String transaction, String sql) {
        return statement(transaction, false, sql);
    }

    private static AlembicStatement outside(String sql) {
        return statement("0.7", true, sql);
    }

    private static AlembicStatement statement(String transaction, boolean autocommit, String sql) {
        return new AlembicStatement(
                sql,
                OptionalInt.of(12),
                transaction,
                autocommit,
                AlembicStatement.Kind.WRITE,
                Optional.empty());
    }

    private List<Step> steps(AlembicStatement... statements) {
        return Unplaced.steps(
                AlembicSteps.of(
                        "versions/a.py",
                        new RecordedScript(List.of(statements), Optional.empty(), Optional.empty()),
                        List.of(),
                        problems));
    }

    @Test
    void statementsOfOneTransactionAreOneStep() {
        assertThat(
                        steps(
                                inside("0.1", "create table a (id int);"),
                                inside("0.1", "\n  create table b (id int) -- two\n")))
                .containsExactly(
                        new ScriptStep("create table a (id int);\ncreate table b (id int);"));
    }

    @Test
    void statementsOfTwoTransactionsAreTwoSteps() {
        assertThat(
                        steps(
                                inside("0.1", "alter type mood add value 'odd'"),
                                inside("0.2", "insert into m values ('odd')")))
                .containsExactly(
                        new ScriptStep("alter type mood add value 'odd';"),
                        new ScriptStep("insert into m values ('odd');"));
    }

    @Test
    void statementThatRefusesATransactionIsAStepWithAProbe() {
        assertThat(
                        steps(
                                inside("0.1", "create table a (id int)"),
                                outside("create index concurrently i on a (id)"),
                                inside("0.2", "create table b (id int)")))
                .containsExactly(
                        new ScriptStep("create table a (id int);"),
                        new StatementStep(
                                List.of(),
                                "create index concurrently i on a (id)",
                                new Probe.IndexCreated(Optional.empty(), "a", "i")),
                        new ScriptStep("create table b (id int);"));
    }

    @Test
    void whatRanOutsideOfATransactionStandsAlone() {
        assertThat(
                        steps(
                                outside("alter type mood add value 'odd'"),
                                outside("insert into m values ('odd')")))
                .containsExactly(
                        new ScriptStep("alter type mood add value 'odd';"),
                        new ScriptStep("insert into m values ('odd');"));
    }

    @Test
    void commitWrittenByHandEndsAStep() {
        assertThat(
                        steps(
                                inside("0.1", "create table a (id int)"),
                                inside("0.1", "COMMIT"),
                                inside("0.1", "create index concurrently i on a (id)"),
                                inside("0.1", "BEGIN"),
                                inside("0.1", "create table b (id int)"),
                                inside("0.1", "create table c (id int)")))
                .containsExactly(
                        new ScriptStep("create table a (id int);"),
                        new StatementStep(
                                List.of(),
                                "create index concurrently i on a (id)",
                                new Probe.IndexCreated(Optional.empty(), "a", "i")),
                        new ScriptStep("create table b (id int);\ncreate table c (id int);"));
    }

    @Test
    void settingsHoldInEveryLaterStepAndStayInNone() {
        assertThat(
                        steps(
                                inside("0.1", "SET check_function_bodies = false"),
                                inside("0.1", "create table a (id int)"),
                                outside("vacuum a"),
                                inside("0.2", "create table b (id int)")))
                .containsExactly(
                        new ScriptStep(
                                "set local check_function_bodies = false;\n"
                                        + "create table a (id int);"),
                        new StatementStep(
                                List.of("SET check_function_bodies = false"),
                                "vacuum a",
                                new Probe.Harmless()),
                        new ScriptStep(
                                "set local check_function_bodies = false;\n"
                                        + "create table b (id int);"));
    }

    @Test
    void procedureThatMayCommitIsAskedForByAPerson() {
        assertThat(steps(outside("call refresh()")))
                .containsExactly(
                        new StatementStep(List.of(), "call refresh()", new Probe.Undecidable())
                                .with(Atomicity.NOT_ATOMIC));
    }

    @Test
    void searchPathThatAnEarlierRevisionSetIsSetAgain() {
        assertThat(
                        Unplaced.steps(
                                AlembicSteps.of(
                                        "versions/a.py",
                                        new RecordedScript(
                                                List.of(inside("0.1", "create table a (id int)")),
                                                Optional.of("app, public"),
                                                Optional.empty()),
                                        List.of(),
                                        problems)))
                .containsExactly(
                        new ScriptStep(
                                "set local search_path to app, public;\ncreate table a (id int);"));
    }

    @Test
    void nothingIsAStepToo() {
        assertThat(steps()).containsExactly(new ScriptStep(""));
    }

    @Test
    void copyFromTheClientIsRefused() {
        steps(inside("0.1", "copy a from stdin"));

        assertThat(problems.inOrder())
                .extracting(PlanProblem::describe)
                .containsExactly(
                        "versions/a.py:12: copy from stdin exchanges rows with the client, and a"
                                + " plan carries none, in 'copy a from stdin' [copy-stdin]. Write"
                                + " the rows as insert statements");
    }

    @Test
    void preparedTransactionIsRefused() {
        steps(inside("0.1", "prepare transaction 'x'"));

        assertThat(problems.inOrder())
                .extracting(PlanProblem::describe)
                .containsExactly(
                        "versions/a.py:12: 'prepare transaction 'x'' leaves a transaction to"
                                + " somebody else [not-supported]. Commit it in the revision");
    }
}
