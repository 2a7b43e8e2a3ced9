package dev.skein.ops.source.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.Problems;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private final Problems problems = new Problems();
    private final Acceptance acceptance = new Acceptance(Set.of("b"), problems);

    @Test
    void whatIsNotAcceptedIsAProblemWithTheOption() {
        acceptance.ask("a", "versions/a.py", "it is another one", "Write it as SQL");
        acceptance.ask("b", "versions/b.py", "it is another one", "Write it as SQL");

        assertThat(problems.inOrder())
                .extracting(PlanProblem::describe)
                .containsExactly(
                        "versions/a.py: it is another one [not-repeatable]. Write it as SQL, or"
                                + " take it as recorded with --accept a");
        assertThat(acceptance.forAll()).isEmpty();
    }

    @Test
    void severalAreListedReadyToPaste() {
        acceptance.ask("c", "versions/c.py", "it is another one", "Write it as SQL");
        acceptance.ask("a", "versions/a.py", "it is another one", "Write it as SQL");

        assertThat(acceptance.forAll())
                .contains("All 2 of them are taken as recorded with --accept a --accept c");
    }
}
