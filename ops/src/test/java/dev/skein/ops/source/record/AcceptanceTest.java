package dev.skein.ops.source.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private static final Path DIRECTORY = Path.of("server");

    private final PlanProblems problems = new PlanProblems();
    private final Acceptance acceptance = new Acceptance(Set.of("b"), problems);

    @Test
    void whatIsNotAcceptedIsAProblemWithTheOption() {
        acceptance.ask("a", "versions/a.py", "it is another one", "Write it as SQL");
        acceptance.ask("b", "versions/b.py", "it is another one", "Write it as SQL");

        assertThatThrownBy(this::refused)
                .isInstanceOf(PlanRefused.class)
                .hasMessage(
                        "no plan can be built from the alembic migrations in server, 1 problem:\n"
                                + "versions/a.py: it is another one [not-repeatable]. Write it as"
                                + " SQL, or take it as recorded with --accept a");
    }

    @Test
    void severalAreListedReadyToPaste() {
        acceptance.ask("c", "versions/c.py", "it is another one", "Write it as SQL");
        acceptance.ask("a", "versions/a.py", "it is another one", "Write it as SQL");

        assertThatThrownBy(this::refused)
                .isInstanceOf(PlanRefused.class)
                .hasMessageEndingWith(
                        "\nAll 2 of them are taken as recorded with --accept a --accept c");
    }

    @Test
    void whatIsAcceptedHasToBeThere() {
        acceptance.check(Set.of("a", "b"), DIRECTORY, "no revision has this id", "Give the id");
        assertThat(problems.isEmpty()).isTrue();

        acceptance.check(Set.of("a"), DIRECTORY, "no revision has this id", "Give the id");
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
