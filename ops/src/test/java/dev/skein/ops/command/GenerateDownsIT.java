package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.rehearse.Scratch;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateDownsIT {
    @TempDir private Path directory;

    private Said build(String... scripts) throws IOException {
        for (int i = 0; i < scripts.length; i++) {
            Files.writeString(directory.resolve("000" + (i + 1) + "_change.up.sql"), scripts[i]);
        }
        return Said.by(
                "plan",
                "build",
                directory.toString(),
                "--format",
                "sql",
                "-o",
                file().toString(),
                "--scratch",
                Scratch.uri(),
                "--generate-downs");
    }

    private Path file() {
        return directory.resolve("shop.json");
    }

    @Test
    void downsAreListedAndArePartOfThePlan() throws IOException {
        Said said = build("create table a (id int);", "insert into a values (1);").done();

        assertThat(said.out())
                .endsWith(
                        """

                        1 of 2 missing downs generated; review them with 'skein plan show --sql'
                          0001 (0001_change.up.sql): down generated; it loses:
                            the rows of table public.a
                          0002 (0002_change.up.sql): no down, since it changes rows and not the \
                        schema: 'insert into a values (1)'
                        written to %s
                        """
                                .formatted(file()));
        Plan plan = PlanFile.read(file()).plan();
        assertThat(plan.migrations())
                .extracting(Migration::generatedDown)
                .satisfiesExactly(
                        down -> assertThat(down).isPresent(), down -> assertThat(down).isEmpty());
        assertThat(Said.by("plan", "show", file().toString(), "--sql").done().out())
                .contains("-- down 0001_change.up.sql", "DROP TABLE a;");
    }

    @Test
    void generatedDownsStandARehearsal() throws IOException {
        build(
                        "create type mood as enum ('a'); create table t (m mood, n int);",
                        "alter table t rename column n to amount; alter type mood add value 'b';",
                        "alter table t drop column m; drop type mood;")
                .done();

        assertThat(
                        Said.by("plan", "rehearse", file().toString(), "--scratch", Scratch.uri())
                                .done()
                                .out())
                .contains("3 migrations down and up again: the schema of before came back\n");
    }

    @Test
    void migrationThatDoesNotRunLeavesNoPlan() throws IOException {
        assertThat(build("alter table nowhere add id int;").endedWith(1).err())
                .isEqualTo(
                        "skein: no downs are generated: step 1 of 1 up of 0001"
                                + " (0001_change.up.sql) failed: relation \"nowhere\" does not"
                                + " exist, line 1 (statement 1) [42P01]\n");
        assertThat(file()).doesNotExist();
    }
}
