package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transactions, savepoints and connections of migrations, beside what Knex does with them. */
@NeedsTool(Tool.KNEX)
class KnexTransactionsIT {
    private static final String PLAIN = "migrations: {}";

    @TempDir private Path directory;
    private KnexFixture project;

    @BeforeEach
    void writesAProject() {
        project = new KnexFixture(directory);
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

        Agreement.assertThatBothDoTheSame(project, project.plan(), 1);
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
        Agreement.assertThatBothDoTheSame(project, plan, 1);
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
        Agreement.assertThatBothDoTheSame(project, plan, 1);
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
        Agreement.assertThatBothDoTheSame(project, plan, 2);
    }
}
