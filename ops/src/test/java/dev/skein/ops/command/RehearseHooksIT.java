package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.rehearse.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsals of what a framework runs around migrations, and of values from labels. */
class RehearseHooksIT {
    private static final String BOOKS =
            "create table flyway_schema_history (installed_rank int, version text,"
                    + " description text, type text, script text, checksum int, installed_by text,"
                    + " installed_on timestamp default now(), execution_time int,"
                    + " success boolean);";

    @TempDir private Path directory;

    @BeforeEach
    void scripts() throws IOException {
        write("beforeMigrate.sql", "create table if not exists log_${tier} (what text);");
        write("V1__first.sql", "create table first (tier text default '${tier}');");
        write("U1__first.sql", "drop table first;");
        write("V2__second.sql", "create table second (at text); insert into log_${tier} select 2;");
        write("afterMigrate.sql", "insert into log_${tier} select 'after';");
    }

    private void write(String file, String sql) throws IOException {
        Path migrations = Files.createDirectories(directory.resolve("migrations"));
        Files.writeString(migrations.resolve(file), sql);
    }

    private Path file() {
        return directory.resolve("shop.json");
    }

    private Said build(String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "plan",
                                "build",
                                directory.resolve("migrations").toString(),
                                "--format",
                                "flyway",
                                "--placeholder-label",
                                "tier=tier",
                                "-o",
                                file().toString()));
        words.addAll(List.of(more));
        return Said.by(words.toArray(String[]::new)).done();
    }

    /** The answer of the query after the last migration, and whether it is the expected one. */
    private Said rehearse(String query, String expected, String... more) throws IOException {
        Path checks =
                Files.writeString(
                        directory.resolve("checks.yaml"),
                        "checks: [{ name: seen, query: \"%s\", expected: '%s' }]\n"
                                .formatted(query, expected));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "plan",
                                "rehearse",
                                file().toString(),
                                "--scratch",
                                Scratch.uri(),
                                "--check",
                                checks.toString()));
        words.addAll(List.of(more));
        return Said.by(words.toArray(String[]::new));
    }

    @Test
    void hooksRunAroundTheMigrationsWithTheValuesOfLabels() throws IOException {
        build();

        Said said =
                rehearse(
                        "select string_agg(what, '+' order by what) from log_gold",
                        "2+after",
                        "--label",
                        "tier=gold");

        assertThat(said.done().out())
                .contains("1 migration down and up again", "1 migration without a down:\n  2 (");
    }

    @Test
    void labelWithoutAValueHasItsNameForOne() throws IOException {
        build();

        rehearse("select to_regclass('log_tier') is not null", "t").done();
    }

    @Test
    void downsAreGeneratedOnTopOfWhatHooksMake() throws IOException {
        Files.delete(directory.resolve("migrations/U1__first.sql"));

        Said said = build("--generate-downs", "--scratch", Scratch.uri(), "--label", "tier=gold");

        assertThat(said.out()).contains("2 of 2 missing downs generated");
        assertThat(rehearse("select count(*) from log_tier", "3").done().out())
                .contains("2 migrations down and up again");
    }

    @Test
    void onlyWhatATemplateLacksIsRehearsedBetweenTheHooks() throws IOException {
        build();
        String template = TestServers.freshDatabase("template");
        TestServers.postgres()
                .execute(
                        template,
                        BOOKS
                                + "insert into flyway_schema_history (installed_rank, version,"
                                + " description, type, script, checksum, success) values (1, '1',"
                                + " 'first', 'SQL', 'V1__first.sql', -438343103, true); create"
                                + " table first ()");

        Said said = rehearse("select count(*) from log_tier", "2", "--template", template).done();

        assertThat(said.out())
                .contains("1 migration left out, there already or replaced: 1\n")
                .contains("up 1 step in");
    }

    @Test
    void hooksDoNotRunWhereATemplateHasEverything() throws IOException {
        build();
        String template = TestServers.freshDatabase("template");
        TestServers.postgres()
                .execute(
                        template,
                        BOOKS
                                + "insert into flyway_schema_history (installed_rank, version,"
                                + " description, type, script, checksum, success) values (1, '1',"
                                + " 'first', 'SQL', 'V1__first.sql', -438343103, true), (2, '2',"
                                + " 'second', 'SQL', 'V2__second.sql', 1, true)");

        Said said = rehearse("select to_regclass('log_tier') is null", "t", "--template", template);

        // A rehearsal without a step is not recorded.
        assertThat(said.endedWith(1).out())
                .contains("2 migrations left out, there already or replaced: 1, 2\n")
                .contains("up 0 steps in");
    }
}
