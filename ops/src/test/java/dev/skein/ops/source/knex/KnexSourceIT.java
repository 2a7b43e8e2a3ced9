package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.dump.SchemaDump;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded plan beside what Knex itself does with the same project. */
@NeedsTool(Tool.KNEX)
class KnexSourceIT {
    /** Knex's own tables and what comes with them. */
    private static final List<String> OWN =
            List.of(
                    "knex_migrations",
                    "knex_migrations_id_seq",
                    "knex_migrations_lock",
                    "knex_migrations_lock_index_seq");

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
        assertThat(schema(byPlan)).isEqualTo(schema(byKnex));
        String rows = "select id, name, about::text from people order by id";
        assertThat(rows(byPlan, rows)).isEqualTo(rows(byKnex, rows)).hasSize(2);
        KnexFixture.execute(byPlan, plan.migrations().get(1).down().orElseThrow());
        assertThat(rows(byPlan, rows)).isEmpty();
        KnexFixture.execute(byPlan, plan.migrations().get(0).down().orElseThrow());
        assertThat(schema(byPlan)).doesNotContain("people");
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

        assertAgreement(project.plan(), 3);
    }

    @Test
    void whatMustRunOutsideOfTransactionsIsAStepEach() throws SQLException {
        project.knexfile(PLAIN)
                .migration(
                        "1_a.js",
                        "await knex.raw('create table a (id int, b int)');",
                        "await knex.raw('drop table a');")
                .write(
                        "migrations/2_b.js",
                        """
                        exports.config = { transaction: false };
                        exports.up = async (knex) => {
                            await knex.raw("set statement_timeout = '1h'");
                            await knex.raw('alter table a add column c int');
                            await knex.raw('create index concurrently a_b on a (b)');
                            await knex.transaction(async (trx) => {
                                await trx.raw('alter table a add column d int');
                                await trx.raw('alter table a add column e int');
                            });
                        };
                        exports.down = async (knex) => {
                            await knex.raw('drop index concurrently a_b');
                            await knex.raw('alter table a drop column c');
                        };
                        """);
        Plan plan = project.plan();

        String setting = "set local statement_timeout = '1h';\n";
        assertThat(plan.migrations().get(1).up())
                .containsExactly(
                        new ScriptStep(setting + "alter table a add column c int;"),
                        new StatementStep(
                                List.of("set statement_timeout = '1h'"),
                                "create index concurrently a_b on a (b)",
                                new Probe.IndexCreated(Optional.empty(), "a", "a_b")),
                        new ScriptStep(
                                setting
                                        + "alter table a add column d int;\n"
                                        + "alter table a add column e int;"));
        assertThat(plan.migrations().get(1).down().orElseThrow())
                .extracting(Object::getClass)
                .containsExactly(StatementStep.class, ScriptStep.class);
        assertAgreement(plan, 2);
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
        List<String> names = plan.migrations().stream().map(Migration::version).toList();
        assertThat(names(database, "knex_migrations")).isEqualTo(names);
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
        assertAgreement(plan, 2);
    }

    @Test
    void statementsSentAtOnceKeepTheirOrder() throws SQLException {
        project.knexfile(PLAIN)
                .write(
                        "migrations/1_a.js",
                        """
                        exports.up = (knex) => Promise.all(
                            ['a', 'b', 'c', 'd'].map((each) =>
                                knex.schema.createTable(each, (table) => table.increments())));
                        exports.down = (knex) => Promise.all(
                            ['a', 'b', 'c', 'd'].map((each) => knex.schema.dropTable(each)));
                        """);

        assertAgreement(project.plan(), 1);
    }

    @Test
    void whatWasRolledBackToASavepointIsLeftOut() throws SQLException {
        project.knexfile(PLAIN)
                .migration(
                        "1_a.js",
                        """
                        await knex.raw('create table a (id int)');
                        await knex.transaction((inner) => inner.raw('create table b (id int)'));
                        await knex.transaction(async (inner) => {
                            await inner.raw('create table c (id int)');
                            await inner.raw('create table c (id int)');
                        }).catch(() => {});
                        """,
                        "await knex.raw('drop table a, b');");
        Plan plan = project.plan();

        assertThat(plan.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep("create table a (id int);\ncreate table b (id int);"));
        assertAgreement(plan, 1);
    }

    @Test
    void transactionsThatAMigrationEndsByItselfAreStepsOfTheirOwn() throws SQLException {
        project.knexfile(PLAIN)
                .migration(
                        "1_a.js",
                        """
                        await knex.raw('create table a (id int)');
                        await knex.raw('commit; begin');
                        await knex.raw('create table b (id int)');
                        """,
                        "await knex.raw('drop table a; commit; drop table b');");
        Plan plan = project.plan();

        assertThat(plan.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep("create table a (id int);"),
                        new ScriptStep("create table b (id int);"));
        assertAgreement(plan, 1);
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
                .containsExactly("6_nothing.js");
        assertThat(project.notes())
                .containsSubsequence(
                        "migrations/1_none.js: no way back, it exports no function down",
                        "migrations/2_fails.js: no way back, its down fails: table \"never\" does"
                                + " not exist",
                        "migrations/3_empty.js: no way back, its down does nothing, and its up did"
                                + " something",
                        "migrations/4_throws.js: no way back, its down fails: we never go back")
                .anyMatch(
                        each ->
                                each.startsWith(
                                        "migrations/5_clock.js: no way back, of its down,"));
    }

    private void assertAgreement(Plan plan, int migrations) throws SQLException {
        String byKnex = project.migratedByKnex();
        String byPlan = KnexFixture.migratedBy(plan);
        assertThat(plan.migrations()).hasSize(migrations);
        assertThat(schema(byPlan)).isEqualTo(schema(byKnex));
        assertThat(names(byKnex, "knex_migrations"))
                .isEqualTo(plan.migrations().stream().map(Migration::version).toList());
        for (int i = migrations - 1; i >= 0; i--) {
            List<Step> down = plan.migrations().get(i).down().orElseThrow();
            KnexFixture.execute(byPlan, down);
        }
        assertThat(schema(byPlan)).doesNotContain("CREATE TABLE", "CREATE VIEW");
    }

    private static String schema(String database) {
        return SchemaDump.of(TestServers.postgres(), database, OWN);
    }

    private static List<String> names(String database, String table) throws SQLException {
        return rows(database, "select name from " + table + " order by id");
    }

    private static List<String> rows(String database, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(rows.getString(i));
                }
                found.add(row.toString());
            }
        }
        return found;
    }
}
