package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fails is named by its place in the file, however the file was cut into steps. */
final class FailedPlaceIT {
    private static final ScriptExcerpt SETTING = ScriptExcerpt.of("V1__a.sql", 1, 1, 1);

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private String failure(Step... up) {
        return failure(Plans.sql(Plans.migration("1", List.of(up), Optional.empty())));
    }

    private String failure(Plan plan) {
        fixture.apply(plan);
        return fixture.events(DatabaseFailed.class).get(0).failure().message();
    }

    private static StatementStep alone(String sql, String... session) {
        return new StatementStep(List.of(session), sql, new Probe.Undecidable());
    }

    @Test
    void statementOfAStepThatBeginsInTheMiddleOfAFile() {
        Step step = new ScriptStep("set work_mem = '1MB';\nselect 1;\n\nselect\n no;");
        assertThat(failure(step.at(List.of(SETTING, ScriptExcerpt.of("V1__a.sql", 2, 8, 40)))))
                .contains(", V1__a.sql, line 45 (statement 9)");
    }

    @Test
    void statementThatRunsAlone() {
        Step step = alone("vacuum\nnothing", "set work_mem = '1MB'");
        assertThat(failure(step.at(List.of(SETTING, ScriptExcerpt.of("V1__a.sql", 1, 8, 40)))))
                .contains(", V1__a.sql, line 41 (statement 8)");
    }

    @Test
    void settingBeforeAStatementThatRunsAlone() {
        Step step = alone("vacuum", "set work_mem = '1MB'", "set work_mem =\n 'much'");
        List<ScriptExcerpt> excerpts =
                List.of(
                        SETTING,
                        ScriptExcerpt.of("V1__a.sql", 1, 5, 20),
                        ScriptExcerpt.of("V1__a.sql", 1, 8, 40));
        assertThat(failure(step.at(excerpts))).contains(", V1__a.sql, line 21 (statement 5)");
    }

    @Test
    void statementThatAProgramSent() {
        Step step = new ScriptStep("set local work_mem = '1MB';\nselect 1;\nselect no;");
        assertThat(
                        failure(
                                step.at(
                                        List.of(
                                                ScriptExcerpt.nowhere(1),
                                                ScriptExcerpt.recorded(2, 4)))))
                .contains(", V1__migration.sql (statement 5)")
                .doesNotContain("line");
    }

    @Test
    void statementOfACallback() {
        Step callback =
                new ScriptStep("select 1;\nselect no")
                        .at(List.of(ScriptExcerpt.of("afterMigrate.sql", 2, 1, 3)));
        Migration one = Plans.oneWay("1", "select 1");
        Hooks hooks = new Hooks(List.of(), List.of(new Hooks.Hook("afterMigrate", callback)));
        Plan plan =
                new Plan(
                        Framework.FLYWAY,
                        Optional.empty(),
                        List.of(one),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(hooks),
                        Optional.empty());
        assertThat(failure(plan)).contains(", afterMigrate.sql, line 5 (statement 2)");
    }

    @Test
    void statementOfAWayBack() {
        Step down = new ScriptStep("select no").at(List.of(ScriptExcerpt.of("U1__a.sql", 1, 2, 6)));
        Plan plan =
                Plans.sql(
                        Plans.migration(
                                "1",
                                List.of(new ScriptStep("select 1")),
                                Optional.of(List.of(down))));
        fixture.apply(plan);
        fixture.rollBack(plan);
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .contains(", U1__a.sql, line 7 (statement 2)");
    }
}
