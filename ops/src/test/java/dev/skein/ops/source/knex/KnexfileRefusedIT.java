package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a knexfile that leads to no migrations. */
@NeedsTool(Tool.KNEX)
class KnexfileRefusedIT {
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
    void anotherDatabasesClientIsNamed() {
        project.write(
                "knexfile.js",
                """
                module.exports = {
                    development: { client: 'sqlite3' }, production: { client: 'pg' },
                };
                """);
        assertRefused(
                "knexfile.js: its environment 'development' uses the client 'sqlite3', which is not"
                        + " PostgreSQL's [configuration]. Choose another with --environment:"
                        + " production");
        project.inEnvironment("staging");
        assertRefused(
                "knexfile.js: it has no environment 'staging', only development, production"
                        + " [configuration]. Choose one with --environment");
        assertThat(project.inEnvironment("production").plan().migrations()).hasSize(1);
    }

    @Test
    void aKnexfileThatDoesNotLoadIsNamed() {
        project.write("knexfile.js", "throw new Error('no secrets here');");

        assertRefused(
                "knexfile.js: it cannot be loaded: no secrets here [configuration]. Make it load"
                        + " with the project's own Knex first");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        project.knexfile("migrations: { directory: './elsewhere' }");

        assertRefused(
                "DIR: Knex cannot list the migrations: ENOENT: no such file or directory, scandir"
                        + " 'DIR/elsewhere' [configuration]. Check migrations.directory in the"
                        + " knexfile");
    }

    @Test
    void aKnexfileOfEnvironmentsAsksForOneOfThem() {
        project.write("knexfile.js", "module.exports = { live: { client: 'pg' }, ci: {} };");

        assertRefused(
                "knexfile.js: it has no environment 'development', only live, ci [configuration]."
                        + " Choose one with --environment");
    }

    @Test
    void aKnexfileWithoutSettingsIsNamed() {
        project.write("knexfile.js", "exports.default = {};");

        assertRefused(
                "knexfile.js: it exports no settings, neither of the environment 'development' nor"
                        + " any [configuration]. Export them, or name another file with --config");
    }

    @Test
    void variablesThatAKnexfileLacksAreNamed() {
        project.write(
                "knexfile.js",
                """
                module.exports = () => {
                    const { SKEIN_PORT = '5432', SKEIN_URL } = process.env;
                    return { client: 'pg', connection: new URL(SKEIN_URL).href + SKEIN_PORT };
                };
                """);

        assertRefused(
                "knexfile.js: it cannot be loaded: Invalid URL [configuration]. It looked for"
                        + " SKEIN_PORT, SKEIN_URL in the environment last, and found nothing: set"
                        + " what it needs for this command");
    }

    @Test
    void aModuleThatAKnexfileLacksIsNamed() {
        project.write("knexfile.mjs", "import 'not-installed';");
        assertThat(directory.resolve("knexfile.js").toFile().delete()).isTrue();

        assertRefused(
                "knexfile.mjs: it needs the module 'not-installed', which is not there"
                        + " [configuration]. Run 'npm ci' in the project");
    }

    @Test
    void aDirectoryWithoutAKnexfileAndMigrationsAsksForTheKnexfile() {
        assertThat(directory.resolve("knexfile.js").toFile().delete()).isTrue();
        assertThat(directory.resolve("migrations/1_a.js").toFile().delete()).isTrue();

        assertRefused(
                "DIR: Knex finds no migration here [empty]. There is no knexfile either: name one"
                        + " with --config");
    }
}
