package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutLinesTest {
    private final StringWriter out = new StringWriter();
    private final RolloutLines lines = new RolloutLines(new PrintWriter(out));

    /** What was printed, without the time at the front of each line. */
    private List<String> printed() {
        return out.toString()
                .lines()
                .map(line -> line.replaceFirst("^[0-9-]+ [0-9:]+[Z+-][0-9]* ", ""))
                .toList();
    }

    @Test
    void eachChangeIsALineAndNothingIsSaidTwice() {
        ObjectNode rollout = (ObjectNode) Samples.paused();
        lines.show(rollout);
        lines.show(rollout);
        rollout.put("phase", "running").put("detail", "");
        rollout.set("counts", Samples.of("{ applied: 5 }"));
        lines.show(rollout);
        assertThat(printed())
                .containsExactly(
                        "pg/acme failed: step 1/8: no",
                        "r-1 paused (quiesced, paused by strategy), pending 3,"
                                + " failed 1, wave everyone under way",
                        "r-1 running, applied 5, wave everyone under way");
    }

    @Test
    void whatAProgramPrintsIsALineWhenItIsAnother() {
        String rollout =
                "{ id: r-1, phase: running, runs: [{ database: pg/a, runner: billing, migration: r3"
                        + ", printed: %s }], runsTotal: 1 }";
        for (String line : List.of("one", "one", "two")) {
            lines.show(Samples.of(rollout.formatted(line)));
        }
        assertThat(printed())
                .containsExactly(
                        "pg/a runs r3 by runner billing: one",
                        "r-1 running, none",
                        "pg/a runs r3 by runner billing: two");
    }

    @Test
    void serverThatIsAwayIsSaidOnceAndThePictureGoesOn() {
        lines.show(Samples.of("{ id: r-1, phase: running }"));
        lines.unreachable(URI.create("http://127.0.0.1:8080"));
        lines.unreachable(URI.create("http://127.0.0.1:8080"));
        lines.show(Samples.of("{ id: r-1, phase: running }"));
        assertThat(printed())
                .containsExactly(
                        "r-1 running, none",
                        "no answer from http://127.0.0.1:8080, waiting for it",
                        "r-1 running, none");
    }
}
