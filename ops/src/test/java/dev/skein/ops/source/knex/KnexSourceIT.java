package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded plan beside what Knex itself does with the same project. */
@NeedsTool(Tool.KNEX)
class KnexSourceIT {
    private static final String PLAIN = "migrations: {}";

    @TempDir private Path directory;
    private KnexFixture project;

    @BeforeEach
    void writesAProject() {
        project = new KnexFixture(directory);
    }

    @Test
    void planDoesWhatKnexDoesAndTakesItBack() throws SQLException {
        project.knexfile(PLAIN)
                .migration(
                        "20260101000000_create-people.js",
                        """
                        await knex.schema.createTable('people', (table) => {
                            table.increments();
                            table.string('name').notNullable().defaultTo("O'Hara");
                            table.jsonb('about');
                            table.timestamps(true, true);
                        });
                        """,
                        "await knex.schema.dropTable('people');")
                .migration(
                        "20260102000000_seed.js",
                        """
                        await knex('people').insert([
                            { name: "D'Arcy $1 ? \\ end", about: { a: ['ä', null] } },
                            { name: 'when', created_at: new Date(0), about: null },
                        ]);
                        await knex.raw('select ?', ['nothing']);
                        """,
                        "await knex('people').delete();");
        Plan plan = project.plan();

        assertThat(plan.versionTable())
                .contains(new VersionTableName(Optional.empty(), "knex_migrations"));
        assertThat(plan.migrations())
                .extracting(Migration::version, Migration::description, Migration::script)
                .containsExactly(
                        tuple(
                                "20260101000000_create-people.js",
                                "create-people",
                                "migrations/20260101000000_create-people.js"),
                        tuple(
                                "20260102000000_seed.js",
                                "seed",
                                "migrations/20260102000000_seed.js"));
        String byKnex = project.migratedByKnex();
        String byPlan = KnexFixture.migratedBy(plan);
        assertThat(Agreement.schema(byPlan)).isEqualTo(Agreement.schema(byKnex));
        String rows = "select id, name, about::text from people order by id";
        assertThat(Agreement.rows(byPlan, rows)).isEqualTo(Agreement.rows(byKnex, rows)).hasSize(2);
        KnexFixture.execute(byPlan, plan.migrations().get(1).down().orElseThrow());
        assertThat(Agreement.rows(byPlan, rows)).isEmpty();
        KnexFixture.execute(byPlan, plan.migrations().get(0).down().orElseThrow());
        assertThat(Agreement.schema(byPlan)).doesNotContain("people");
    }

    @Test
    void migrationsThatAreLeftOutAreNotRunAndUnhonouredSettingsAreNamed() {
        project.knexfile(
                        "migrations: { disableMigrationsListValidation: true,"
                                + " afterAll: async () => {} }")
                .migration("1_a.js", "await knex.raw('create table a (id int)');", "")
                .migration("2_b.js", "throw new Error('gone wrong');", "")
                .with(SourceSettings.defaults().withLeftOut(Set.of("0_gone.js", "2_b.js")));

        Plan plan = project.plan();

        assertThat(plan.migrations()).extracting(Migration::version).containsExactly("1_a.js");
        assertThat(plan.leftOut()).contains(List.of("0_gone.js", "2_b.js"));
        assertThat(project.notes())
                .anyMatch(
                        each ->
                                each.startsWith(
                                        "knexfile.js: migrations.disableMigrationsListValidation"
                                                + " has no effect"))
                .anyMatch(each -> each.startsWith("knexfile.js: migrations.afterAll has no effect"))
                .anyMatch(each -> each.startsWith("--leave-out 0_gone.js: no migration here"));
    }

    @Test
    void settingsOfTheConnectionAreNamed() {
        project.write(
                        "knexfile.js",
                        "module.exports = { client: 'pg', connection: { host: 'db', options: '-c"
                                + " role=app -c lock_timeout=1s' } };\n")
                .migration(
                        "1_a.js",
                        "await knex.raw('create table a (id int)');",
                        "await knex.raw('drop table a');");

        project.plan();

        assertThat(project.notes())
                .containsExactly(
                        "knexfile.js: role=app in the options of the connection has no effect:"
                                + " agents connect by themselves; give the agent's role this"
                                + " setting by 'alter role … set'");
    }

    @Test
    void modulesAndTypeScriptAreReadByTheProjectsOwnTools() throws SQLException {
        project.write(
                        "knexfile.ts",
                        """
                        import type { Knex } from 'knex';
                        const config: Record<string, Knex.Config> = {
                            development: {
                                client: 'pg',
                                connection: process.env.DATABASE_URL,
                                migrations: { loadExtensions: ['.mjs', '.ts', '.cjs'] },
                            },
                        };
                        export default config;
                        """)
                .write(
                        "migrations/1_module.mjs",
                        """
                        export const up = (knex) => knex.raw('create table a (id int)');
                        export const down = (knex) => knex.raw('drop table a');
                        """)
                .write(
                        "migrations/2_typed.ts",
                        """
                        import { Knex } from 'knex';
                        enum Table { B = 'b' }
                        export async function up(knex: Knex): Promise<void> {
                            await knex.schema.createTable(Table.B, (t) => t.uuid('id').primary());
                        }
                        export const down = async (knex: Knex) => knex.schema.dropTable(Table.B);
                        """)
                .write(
                        "migrations/3_common.cjs",
                        """
                        const fs = require('fs');
                        const path = require('path');
                        const text = (name) => fs.readFileSync(path.join(__dirname, name), 'utf8');
                        exports.up = (knex) => knex.raw(text('3.up.sql'));
                        exports.down = (knex) => knex.raw(text('3.down.sql'));
                        """)
                .write(
                        "migrations/3.up.sql",
                        """
                        -- two statements; and a function
                        create function f() returns int language sql as $$ select 1; $$;
                        create view v as select f() as one; -- the end
                        """)
                .write("migrations/3.down.sql", "drop view v;\ndrop function f();\n");

        Agreement.assertThatBothDoTheSame(project, project.plan(), 3);
    }

    @Test
    void severalDirectoriesAreOrderedAsKnexOrdersThem() throws SQLException {
        List<String> together = namesWith("migrations: { directory: ['./one', './two'] }");
        List<String> apart =
                namesWith(
                        "migrations: { directory: ['./one', './two'], sortDirsSeparately: true }");

        assertThat(together).containsExactly("1_a.js", "2_b.js", "3_c.js");
        assertThat(apart).containsExactly("1_a.js", "3_c.js", "2_b.js");
    }

    private List<String> namesWith(String migrations) throws SQLException {
        project.knexfile(migrations);
        for (String file : List.of("one/1_a.js", "two/2_b.js", "one/3_c.js")) {
            String table = file.substring(file.length() - 4, file.length() - 3);
            project.write(
                    file,
                    """
                    exports.up = (knex) => knex.raw('create table %1$s (id int)');
                    exports.down = (knex) => knex.raw('drop table %1$s');
                    """
                            .formatted(table));
        }
        Plan plan = project.plan();
        String database = project.migratedByKnex();
        List<String> names = Agreement.versions(plan);
        assertThat(Agreement.names(database)).isEqualTo(names);
        return names;
    }

    @Test
    void tableSchemaAndSearchPathAreThoseOfTheKnexfile() {
        project.knexfile(
                        "searchPath: ['app', 'public'],"
                                + " migrations: { tableName: 'history', schemaName: 'app' }")
                .migration("1_a.js", "await knex.raw('create table a (id int)');", "");
        Plan plan = project.plan();

        assertThat(plan.versionTable())
                .contains(new VersionTableName(Optional.of("app"), "history"));
        assertThat(plan.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep(
                                "set local search_path to \"app\",\"public\";\n"
                                        + "create table a (id int);"));
    }

    @Test
    void aMigrationSourceOfTheProjectsOwnIsAsked() {
        project.knexfile(
                """
                migrations: { migrationSource: {
                    getMigrations: async () => ['second', 'first'],
                    getMigrationName: (name) => 'the ' + name,
                    getMigration: async (name) => ({
                        up: (knex) => knex.raw('create table ' + name + ' (id int)'),
                        down: (knex) => knex.raw('drop table ' + name),
                    }),
                } }
                """);

        assertThat(project.plan().migrations())
                .extracting(Migration::version, Migration::script)
                .containsExactly(
                        tuple("the second", "the second"), tuple("the first", "the first"));
    }

    @Test
    void guardsAreAnsweredByTheMigrationsBefore() throws SQLException {
        project.knexfile(PLAIN)
                .migration(
                        "1_a.js",
                        "await knex.schema.createTable('a', (table) => table.text('b'));",
                        "await knex.schema.dropTable('a');")
                .migration(
                        "2_b.js",
                        """
                        if (await knex.schema.hasColumn('a', 'b')) {
                            await knex.schema.alterTable('a', (t) => t.renameColumn('b', 'c'));
                        }
                        if (!(await knex.schema.hasTable('a'))) {
                            await knex.raw('create table never (id int)');
                        }
                        """,
                        "await knex.schema.alterTable('a', (t) => t.renameColumn('c', 'b'));");
        Plan plan = project.plan();

        assertThat(plan.migrations().get(1).up())
                .containsExactly(new ScriptStep("alter table \"a\" rename \"b\" to \"c\";"));
        Agreement.assertThatBothDoTheSame(project, plan, 2);
    }

    @Test
    void aMigrationWithoutAUsableDownHasNoWayBack() {
        project.knexfile(PLAIN)
                .write("migrations/1_none.js", "exports.up = (knex) => knex.raw('select 1');")
                .migration(
                        "2_fails.js",
                        "await knex.raw('create table a (id int)');",
                        "await knex.raw('drop table never');")
                .migration("3_empty.js", "await knex.raw('create table b (id int)');", "")
                .migration(
                        "4_throws.js",
                        "await knex.raw('create table c (id int)');",
                        "throw new Error('we never go back');")
                .migration(
                        "5_clock.js",
                        "await knex.raw('create table d (id int)');",
                        "await knex.raw('drop table d /*' + Date.now() + '*/ cascade');")
                .migration("6_nothing.js", "", "");
        Plan plan = project.plan();

        assertThat(plan.migrations())
                .filteredOn(each -> each.down().isPresent())
                .extracting(Migration::version)
                .containsExactly("3_empty.js", "6_nothing.js");
        assertThat(project.notes())
                .containsSubsequence(
                        "migrations/1_none.js: no way back, it exports no function down",
                        "migrations/2_fails.js: no way back, its down fails: table \"never\" does"
                                + " not exist",
                        "migrations/3_empty.js: its down does nothing, so a way back leaves what it"
                                + " made",
                        "migrations/4_throws.js: no way back, its down fails: we never go back")
                .anyMatch(
                        each ->
                                each.startsWith(
                                        "migrations/5_clock.js: no way back, of its down,"));
    }
}
