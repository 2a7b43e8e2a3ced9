package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project is told that cannot become a plan. */
@NeedsTool(Tool.KNEX)
class KnexRefusedIT {
    private static final String TABLE = "await knex.raw('create table a (id serial, b text)');";
    private static final String ACCEPT =
            " [not-repeatable]. Write the values into the migration, or take it as recorded with"
                    + " --accept 2_b.js, or have the framework run it in each database with"
                    + " --delegate 2_b.js, or leave it as each database has it with --leave-out"
                    + " 2_b.js";

    @TempDir private Path directory;
    private KnexFixture project;

    @BeforeEach
    void writesAProject() {
        project = new KnexFixture(directory);
        project.knexfile("migrations: {}").migration("1_a.js", TABLE, "");
    }

    private void second(String up) {
        project.migration("2_b.js", up, "");
    }

    private void assertRefused(String... whole) {
        assertThat(project.refusals()).containsExactly(whole);
    }

    @Test
    void valuesOfTheClockAreNotRepeatable() {
        second("await knex.raw('select setval(?, ?)', ['a_id_seq', new Date().getFullYear()]);");

        assertThat(project.refusals())
                .extracting(each -> each.replaceAll("'20\\d\\d'", "YEAR"))
                .containsExactly(
                        "migrations/2_b.js: its SQL is not the same twice: first 'select"
                                + " setval('a_id_seq', YEAR);' and then 'select"
                                + " setval('a_id_seq', YEAR);'"
                                + ACCEPT);
    }

    @Test
    void anAcceptedMigrationIsTakenAsRecorded() {
        second("await knex('a').insert({ b: String(Math.random()) });");
        assertThat(project.refusals()).hasSize(1);

        Plan plan = project.accepting("2_b.js").plan();

        assertThat(plan.migrations()).hasSize(2);
    }

    @Test
    void rowsThatAreReadAndUsedAreNotRepeatable() {
        second(
                """
                for (const { id } of await knex('a').select('id')) {
                    await knex('a').where({ id }).update({ b: 'seen' });
                }
                """);

        assertRefused(
                "migrations/2_b.js: its SQL depends on the rows that it finds with 'select \"id\""
                        + " from \"a\"', with others it differs: first 'nothing' and then 'update"
                        + " \"a\" set \"b\" = 'seen' where \"id\" = '10007';'"
                        + ACCEPT);
    }

    @Test
    void generatedKeysThatAreUsedAreNotRepeatable() {
        second(
                """
                const [{ id }] = await knex('a').insert({ b: 'x' }).returning('id');
                await knex('a').insert({ b: 'child of ' + id });
                """);

        assertRefused(
                "migrations/2_b.js: its SQL depends on what the database answers to its statements,"
                        + " with others it differs: first '… insert into \"a\""
                        + " (\"b\") values ('child of 1');' and then"
                        + " '… insert into \"a\" (\"b\") values ('child of 10008');'"
                        + ACCEPT);
    }

    @Test
    void rolesOfTheServerAreRowsToo() {
        second(
                """
                const found = await knex('pg_catalog.pg_roles').select('rolname')
                    .where({ rolname: 'skein_reader' });
                if (found.length === 0) await knex.raw('create role skein_reader nologin');
                """);

        assertRefused(
                "migrations/2_b.js: its SQL depends on the rows that it finds with 'select"
                        + " \"rolname\" from \"pg_catalog\".\"pg_roles\" where \"rolname\" ="
                        + " 'skein_reader'', with others it differs: first 'create role"
                        + " skein_reader nologin;' and then 'nothing'"
                        + ACCEPT);
    }

    @Test
    void rowsThatAreReadAndNotUsedDoNoHarm() {
        second(
                "await knex('a').select('id');"
                        + " await knex('a').insert({ b: 'x' }).returning('id');");

        assertThat(project.plan().migrations()).hasSize(2);
    }

    @Test
    void rowsThatAreCountedAreCountedWhereThereAreNoneToo() {
        second(
                """
                const [{ n }] = await knex('a').count('* as n').where({ b: 'x' });
                const [{ e }] = (await knex.raw('select exists(select 1 from a) as e')).rows;
                const top = await knex('a').max('id as id').first();
                await knex('a').insert({ b: [typeof n, typeof e, typeof top].join() });
                """);

        assertThat(project.plan().migrations()).hasSize(2);
    }

    @Test
    void countsThatAreUsedAreNotRepeatable() {
        second(
                """
                await knex('a').insert({ b: 'x' });
                const [{ n }] = await knex('a').count('* as n');
                await knex('a').insert({ b: n });
                """);

        assertRefused(
                "migrations/2_b.js: its SQL depends on the rows that it finds with 'select count(*)"
                        + " as \"n\" from \"a\"', without any it differs: first '… values ('x');"
                        + " insert into \"a\" (\"b\") values ('1');' and then '… values ('x');"
                        + " insert into \"a\" (\"b\") values ('0');'"
                        + ACCEPT);
    }

    @Test
    void whatNodeReadsForItselfDoesNoHarm() {
        second("require('child_process').execFileSync(process.execPath, ['--version']);");

        assertThat(project.plan().migrations()).hasSize(2);
    }

    @Test
    void variablesOfTheEnvironmentAreNotRepeatable() {
        second("await knex('a').insert({ b: process.env.TENANT ?? 'nobody' });");

        assertRefused("migrations/2_b.js: it reads the environment variable TENANT" + ACCEPT);
    }

    @Test
    void whatADownDidNotWaitForIsNoFailureOfTheNextMigration() {
        project.migration(
                "2_b.js",
                "await knex.raw('create table b (id int)');",
                """
                for (let each = 0; each < 20; each++) {
                    Promise.resolve(knex.raw('drop table nowhere')).then(async () => {});
                }
                await knex.raw('drop table b');
                """);
        project.migration("3_c.js", "await knex.raw('create table c (id int)');", "");

        assertThat(project.plan().migrations()).hasSize(3);
        assertThat(project.notes())
                .anyMatch(
                        each -> each.startsWith("migrations/2_b.js: no way back, its down fails"));
    }

    @Test
    void aMigrationThatFailsIsNamed() {
        second("await knex.raw('create table a (id int)');");

        assertRefused(
                "migrations/2_b.js: its up fails on an empty database that has all migrations"
                        + " before it: relation \"a\" already exists [recording]. See"
                        + " whether 'knex migrate:latest' works on an empty database of PostgreSQL"
                        + " N, or name a server of another version with --scratch");
    }

    @Test
    void aMissingExtensionIsNamed() {
        second("await knex.raw('create extension nowhere');");

        assertRefused(
                "migrations/2_b.js: its up fails on an empty database that has all migrations"
                        + " before it: extension \"nowhere\" is not available [recording]. Name a"
                        + " server that has the extension with --scratch");
    }

    @Test
    void aRoleThatIsThereAlreadyIsNamed() {
        second("await knex.raw('create role postgres');");

        assertRefused(
                "migrations/2_b.js: its up fails on an empty database that has all migrations"
                        + " before it: role \"postgres\" already exists [recording]. The role is"
                        + " there already, and of the whole server: drop it there, or name another"
                        + " server with --scratch");
    }

    @Test
    void aMissingModuleIsNamed() {
        project.write("migrations/2_b.js", "require('not-installed');");
        project.write("migrations/3_c.js", "require('./built');");

        assertRefused(
                "migrations/2_b.js: it needs the module 'not-installed', which is not there"
                        + " [recording]. Run 'npm ci' in the project",
                "migrations/3_c.js: it needs the module './built', which is not there [recording]."
                        + " Build the project first");
    }

    @Test
    void aMigrationWithoutAnUpIsNamed() {
        project.write("migrations/2_b.js", "exports.down = () => {};");

        assertRefused(
                "migrations/2_b.js: it cannot be loaded: it exports no function up [recording]."
                        + " Make it load with the project's own Knex first");
    }

    @Test
    void theEndOfTheProcessIsNoEndOfTheRecording() {
        second("console.log('done'); process.exit(0);");

        assertRefused(
                "migrations/2_b.js: its up fails on an empty database that has all migrations"
                        + " before it: it called process.exit(0) [recording]. See"
                        + " whether 'knex migrate:latest' works on an empty database of PostgreSQL"
                        + " N, or name a server of another version with --scratch");
    }

    @Test
    void aLoopThatOnlyAnEmptyAnswerEndsIsNotRepeatable() {
        second(
                """
                let found;
                do {
                    found = await knex('a').where({ b: 'old' }).select('id');
                    await knex('a').update({ b: 'new' });
                } while (found.length > 0);
                """);

        assertRefused(
                "migrations/2_b.js: it depends on the rows that it finds with 'select \"id\" from"
                        + " \"a\" where \"b\" = 'old'', with others it fails: update \"a\" set"
                        + " \"b\" = $1 - it sends more than 5000 statements"
                        + ACCEPT);
    }

    @Test
    void rowsFromTheClientAreNotSupported() {
        second(
                """
                await knex.raw('select 1');
                const connection = await knex.client.acquireConnection();
                const sent = connection.query('copy a (b) from stdin');
                await sent.catch(() => {});
                """);

        assertRefused(
                "migrations/2_b.js: it copies rows from or to the client with 'copy a (b) from"
                        + " stdin', which no script can do [not-supported]. Write insert"
                        + " statements");
    }

    @Test
    void anUnknownAcceptedMigrationIsNamed() {
        project.accepting("9_z.js");

        assertRefused(
                "DIR: --accept names 9_z.js, and no migration is called so [no-migration]. Give the"
                        + " migration's file name with its extension");
    }
}
