package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.Unplaced;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunReaderTest {
    private final PlanProblems problems = new PlanProblems();

    private static KnexStatement sent(int connection, String sql) {
        return new KnexStatement(connection, sql, false, false);
    }

    private static KnexStatement refused(int connection, String sql) {
        return new KnexStatement(connection, sql, true, false);
    }

    private List<Step> steps(List<String> session, KnexStatement... statements) {
        RecordedRun run =
                new RecordedRun(
                        "1_a.js",
                        MigrationFunction.UP,
                        Optional.empty(),
                        List.of(statements),
                        session,
                        List.of(),
                        0,
                        false,
                        List.of(),
                        Optional.empty());
        return Unplaced.steps(KnexSteps.of(RunReader.units(run, "1_a.js", problems)));
    }

    private static List<Step> scripts(String... texts) {
        return Stream.of(texts).<Step>map(ScriptStep::new).toList();
    }

    @Test
    void aTransactionIsOneStep() {
        assertThat(
                        steps(
                                List.of(),
                                sent(1, "BEGIN;"),
                                sent(1, "select f(); -- last"),
                                sent(1, "select g()"),
                                sent(1, "COMMIT;")))
                .isEqualTo(scripts("select f();\nselect g();"));
    }

    @Test
    void nothingIsAnEmptyStep() {
        assertThat(steps(List.of(), sent(1, "BEGIN;"), sent(1, "COMMIT;"))).isEqualTo(scripts(""));
    }

    @Test
    void connectionsHaveTransactionsOfTheirOwn() {
        assertThat(
                        steps(
                                List.of(),
                                sent(1, "begin"),
                                sent(1, "select a()"),
                                sent(2, "select b()"),
                                sent(1, "commit")))
                .isEqualTo(scripts("select b();", "select a();"));
    }

    @Test
    void aFailureWithoutASavepointUndoesTheTransaction() {
        assertThat(
                        steps(
                                List.of(),
                                sent(1, "begin"),
                                sent(1, "select a()"),
                                refused(1, "select b()"),
                                sent(1, "commit"),
                                sent(1, "select c()")))
                .isEqualTo(scripts("select c();"));
    }

    @Test
    void aSavepointTakesBackWhatCameAfterIt() {
        assertThat(
                        steps(
                                List.of(),
                                sent(1, "begin"),
                                sent(1, "select a()"),
                                sent(1, "SAVEPOINT trx2;"),
                                sent(1, "select b()"),
                                refused(1, "select c()"),
                                sent(1, "ROLLBACK TO trx2"),
                                sent(1, "select d()"),
                                sent(1, "commit")))
                .isEqualTo(scripts("select a();\nselect d();"));
    }

    @Test
    void settingsOfTheConnectionAreMadeInEachStep() {
        assertThat(
                        steps(
                                List.of("set search_path to \"a\"", "SET SESSION ROLE x"),
                                sent(1, "select a()"),
                                sent(1, "set role y"),
                                sent(1, "select b()")))
                .isEqualTo(
                        scripts(
                                "set local search_path to \"a\";\nset local ROLE x;\nselect a();",
                                "set local search_path to \"a\";\nset local ROLE x;\n"
                                        + "set local role y;\nselect b();"));
    }

    @Test
    void aTransactionLeftToSomebodyElseIsRefused() {
        steps(List.of(), sent(1, "begin"), sent(1, "prepare transaction 'later'"));

        assertThat(problems.inOrder())
                .extracting(PlanProblem::describe)
                .containsExactly(
                        "1_a.js: 'prepare transaction 'later'' leaves a transaction to somebody"
                                + " else [not-supported]. Commit it in the migration");
    }

    @Test
    void aConnectionPreparedWithMoreThanSettingsIsRefused() {
        steps(List.of("create schema if not exists a"), sent(1, "select 1"));

        assertThat(problems.inOrder())
                .extracting(PlanProblem::describe)
                .containsExactly(
                        "1_a.js: the project prepares each connection with 'create schema if not"
                                + " exists a', which is no setting [not-supported]. Move it into a"
                                + " migration");
    }
}
