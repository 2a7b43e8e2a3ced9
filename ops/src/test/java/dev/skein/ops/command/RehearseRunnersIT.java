package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.rehearse.Scratch;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans whose delegated steps a program of the team's own carries out. */
class RehearseRunnersIT {
    private static final String PASSWORD = "secret-of-scratch";
    private static final Plan PLAN =
            Scratch.plan(
                    Scratch.reversible("1", "create table a (n int);", "drop table a;"),
                    Scratch.migration(
                            "2", List.of(run("2_up.sh")), Optional.of(List.of(run("2_down.sh")))));

    @TempDir private Path directory;

    private static Step run(String name) {
        return new DelegatedStep(
                "billing",
                name,
                Optional.empty(),
                false,
                Atomicity.NOT_ATOMIC,
                new TreeMap<>(),
                "it calls a service");
    }

    private Path plan() {
        return directory.resolve("shop.json");
    }

    /** The file of an agent, with a program of these lines. */
    private List<String> runners(String name, String... program) throws IOException {
        Files.writeString(directory.resolve("program.sh"), String.join("\n", program) + "\n");
        Path file = directory.resolve("agent.yaml");
        Files.writeString(
                file,
                """
                agent: eu-1
                kafka: { bootstrap-servers: "kafka-1:9092" }
                runners:
                  %s:
                    kind: command
                    directory: %s
                    command: [/bin/sh, program.sh]
                    environment:
                      URL: "postgresql://{user}:{password}@{host}:{port}/{database}"
                      WHERE: "{server} {schema} {label.tier}"
                    time-limit: 20s
                    grace: 0s
                """
                        .formatted(name, directory));
        return List.of("--runners", file.toString());
    }

    private Said rehearse(List<String> more) {
        PlanFile.of("shop", PLAN).write(plan());
        List<String> words = new ArrayList<>(List.of("plan", "rehearse", plan().toString()));
        words.addAll(List.of("--scratch", Scratch.uri(), "--scratch-password", PASSWORD));
        words.addAll(List.of("--scratch-label", "tier=free"));
        words.addAll(more);
        return Said.by(words.toArray(String[]::new));
    }

    @Test
    void programIsToldOfTheScratchDatabaseAsOfATenants() throws IOException {
        Said said = rehearse(runners("billing", "echo \"$1 $2 $WHERE $URL\" >> told")).done();

        assertThat(said.out())
                .contains("carried out by runners: 2 (billing); what these do with rows that are")
                .contains("2 migrations down and up again");
        assertThat(Files.readAllLines(directory.resolve("told")))
                .hasSize(3)
                .allMatch(line -> line.contains(":" + PASSWORD + "@"))
                .allMatch(line -> line.contains("/skein_scratch_"))
                .satisfiesExactly(
                        up -> assertThat(up).startsWith("up 2_up.sh scratch public free "),
                        down -> assertThat(down).startsWith("down 2_down.sh scratch public free "),
                        again -> assertThat(again).startsWith("up 2_up.sh "));
        Rehearsal rehearsal = PlanFile.read(plan()).plan().rehearsal().orElseThrow();
        assertThat(rehearsal.step("2", true, 0).orElseThrow().after()).hasSize(64);
        assertThat(rehearsal.step("2", false, 0)).isPresent();
    }

    @Test
    void programThatFailsIsToldWithItsLastLinesAndWithoutSecrets() throws IOException {
        Said said =
                rehearse(runners("billing", "echo $URL", "echo no contract >&2", "exit 3"))
                        .endedWith(1);

        assertThat(said.err())
                .startsWith(
                        "skein: the rehearsal ended early: step 1 of 1 up of 2 (2_change.up.sql)"
                                + " failed (runner-failed): the run by 'billing' ended with exit"
                                + " code 3; it printed: postgresql://")
                .contains(":***@", "| no contract; what the program committed before that")
                .doesNotContain(PASSWORD, "database repair");
        assertThat(PlanFile.read(plan()).plan().rehearsal()).isEmpty();
    }

    @Test
    void planWhoseRunnerIsNotThereIsRefused() throws IOException {
        rehearse(List.of())
                .refused(
                        "it delegates 2_change.up.sql to the runner billing; name with --runners"
                                + " the file");
        rehearse(runners("other", "exit 0"))
                .refused("to the runner billing, and the file of --runners has other alone");
        Path empty = Files.writeString(directory.resolve("empty.yaml"), "agent: eu-1\n");
        rehearse(List.of("--runners", empty.toString())).refused("has no section 'runners'");
    }
}
