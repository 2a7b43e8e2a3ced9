package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where the programs are missing that run a project's migrations, or never end. */
@NeedsTool(Tool.KNEX)
class KnexProgramsIT {
    @TempDir private Path directory;
    private KnexFixture project;

    @BeforeEach
    void writesAProject() {
        project = new KnexFixture(directory);
        project.knexfile("migrations: {}").migration("1_a.js", "", "");
    }

    private void assertRefused(String... whole) {
        assertThat(project.refusals()).containsExactly(whole);
    }

    @Test
    void anUnknownProgramIsNamed() {
        project.withProgram("no-such-node");

        // What stands between is the system's.
        assertThat(project.refusals())
                .singleElement()
                .asString()
                .startsWith("no-such-node: Node, which runs the project's Knex, cannot be started:")
                .endsWith(" [program]. Install Node 18 or newer, or name it with --program");
    }

    @Test
    void aMissingKnexIsNamed() {
        project.withOnly("pg");

        assertRefused(
                "DIR: no node_modules here or above it has the package knex [program]. Run 'npm ci'"
                        + " in the project");
    }

    @Test
    void aMissingDriverIsNamed() {
        // The installed Knex would find the driver that is installed beside it.
        project.withOnly()
                .write("node_modules/knex/package.json", "{ \"main\": \"index.js\" }")
                .write("node_modules/knex/index.js", "throw new Error('never loaded');");

        assertRefused(
                "DIR: no node_modules here or above it has the package pg [program]. Run 'npm ci'"
                        + " in the project, or 'npm install --no-save pg'");
    }

    @Test
    void anOldNodeIsNamed() throws IOException {
        project.withProgram(program("echo v16.20.2"));

        assertRefused(
                "DIR/program: it is Node v16.20.2, and the recorder needs 18 or newer [program]."
                        + " Name a newer Node with --program");
    }

    @Test
    void aProgramThatIsNoNodeIsNamed() throws IOException {
        project.withProgram(program("echo 1.1.34"));

        assertRefused(
                "DIR/program: it answers '1.1.34' when it is asked for its version, and so is no"
                        + " Node [program]. Name Node 18 or newer with --program");
    }

    private String program(String script) throws IOException {
        Path program = directory.resolve("program");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    private String nodeWithoutTypeScript() throws IOException {
        return program(
                """
                # A newer Node reads TypeScript by itself, an older one knows no such option.
                if node --no-experimental-strip-types -e 0 2>/dev/null; then
                    exec node --no-experimental-strip-types "$@"
                fi
                exec node "$@"
                """);
    }

    @Test
    void aKnexfileInTypeScriptNeedsALoaderToo() throws IOException {
        project.withOnly("knex", "pg")
                .write("knexfile.ts", "export default { client: 'pg' as string };")
                .withProgram(nodeWithoutTypeScript());
        Files.delete(directory.resolve("knexfile.js"));

        assertRefused(
                "knexfile.ts: it is TypeScript, which this Node does not read by itself, and the"
                        + " project has neither tsx nor ts-node [program]. Run 'npm install"
                        + " --no-save tsx' in the project, or name a newer Node with --program");
    }

    @Test
    void aMissingLoaderOfTypeScriptIsNamed() throws IOException {
        project.withOnly("knex", "pg")
                .write("migrations/2_b.ts", "export async function up(knex: unknown) {}")
                .withProgram(nodeWithoutTypeScript());

        assertRefused(
                "migrations/2_b.ts: it is TypeScript, which this Node does not read by itself, and"
                        + " the project has neither tsx nor ts-node [program]. Run 'npm install"
                        + " --no-save tsx' in the project, or name a newer Node with --program");
    }

    @Test
    void aMigrationThatNeverEndsIsNamed() {
        project.migration(
                        "2_b.js",
                        "console.log('waiting'); setInterval(() => {}, 1000);"
                                + " await new Promise(() => {});",
                        "")
                .silentFor(Duration.ofSeconds(5));

        assertRefused(
                "migrations/2_b.js: nothing happened for 5 seconds, and Node was ended; it said:"
                        + " waiting [recording]. See whether 'knex migrate:latest' ends on an empty"
                        + " database");
    }
}
