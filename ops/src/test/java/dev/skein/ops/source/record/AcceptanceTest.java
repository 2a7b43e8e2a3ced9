package dev.skein.ops.source.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceOption;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private static final Path DIRECTORY = Path.of("server");

    private final PlanProblems problems = new PlanProblems();
    private final Acceptance acceptance =
            Acceptance.of(
                    new Recording(Optional.empty(), Optional.empty(), Set.of("b"), Optional.empty())
                            .delegating(new Delegation(Set.of("d"), Optional.empty())),
                    EnumSet.of(SourceOption.ACCEPT, SourceOption.DELEGATE),
                    problems);

    @Test
    void whatIsNotAcceptedIsAProblemWithTheOption() {
        acceptance.ask("a", "versions/a.py", "it is another one", "Write it as SQL");
        acceptance.ask("b", "versions/b.py", "it is another one", "Write it as SQL");

        assertThatThrownBy(this::refused)
                .isInstanceOf(PlanRefused.class)
                .hasMessage(
                        "no plan can be built from the alembic migrations in server, 1 problem:\n"
                            + "versions/a.py: it is another one [not-repeatable]. Write it as SQL,"
                            + " or take it as recorded with --accept a, or have the framework run"
                            + " it in each database with --delegate a");
    }

    @Test
    void severalAreListedReadyToPaste() {
        acceptance.ask("c", "versions/c.py", "it is another one", "Write it as SQL");
        acceptance.ask("a", "versions/a.py", "it is another one", "Write it as SQL");

        assertThatThrownBy(this::refused)
                .isInstanceOf(PlanRefused.class)
                .hasMessageEndingWith(
                        "\n"
                            + "All 2 of them are taken as recorded with --accept a --accept c, or"
                            + " run by the framework in each database with --delegate auto");
    }

    @Test
    void reasonOfADelegatedMigrationIsTheSameEveryTime() {
        assertThat(acceptance.delegated("d", Optional.of("its SQL is not the same twice: first 1")))
                .contains("its SQL is not the same twice");
        assertThat(acceptance.delegated("d", Optional.empty())).contains("asked for by name");
        assertThat(acceptance.delegated("a", Optional.of("it reads rows"))).isEmpty();
    }

    @Test
    void whatIsAcceptedHasToBeThere() {
        acceptance.check(
                Set.of("a", "b", "d"), DIRECTORY, "no revision has this id", "Give the id");
        assertThat(problems.isEmpty()).isTrue();

        acceptance.check(Set.of("a", "d"), DIRECTORY, "no revision has this id", "Give the id");
        assertThat(problems.inOrder())
                .extracting(PlanProblem::describe)
                .containsExactly(
                        "server: --accept names b, and no revision has this id [no-migration]."
                                + " Give the id");
    }

    @Test
    void thePlanIsReturnedWhereNothingSpeaksAgainstIt() {
        Migration only =
                new Migration(
                        MigrationKind.VERSIONED,
                        "b",
                        "b",
                        "versions/b.py",
                        Optional.empty(),
                        List.of(new ScriptStep("select 1;")),
                        Optional.empty());
        Plan plan = new Plan(Framework.ALEMBIC, Optional.empty(), List.of(only));

        assertThat(acceptance.orRefused(Framework.ALEMBIC, DIRECTORY, Optional.of(plan)))
                .isSameAs(plan);
    }

    private void refused() {
        acceptance.orRefused(Framework.ALEMBIC, DIRECTORY, Optional.empty());
    }
}
