package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptStep;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a project its own Knex is to run in each database. */
@NeedsTool(Tool.KNEX)
class KnexDelegationIT {
    private static final String READS =
            "for (const { id } of await knex('a').select('id'))"
                    + " await knex('a').where({ id }).update({ b: clean(id) });";

    @TempDir private Path directory;
    private KnexFixture project;

    @BeforeEach
    void writesAProject() {
        project = new KnexFixture(directory);
        project.knexfile("...require('./settings/pool'), migrations: {}")
                .write("settings/pool.js", "module.exports = {};\n")
                .migration(
                        "1_a.js",
                        "await knex.raw('create table a (id int, b text)');",
                        "await knex.raw('drop table a');");
    }

    private List<Migration> migrations(String... delegated) {
        return project.delegating(delegated).plan().migrations();
    }

    private static DelegatedStep up(Migration migration) {
        return (DelegatedStep) migration.up().get(0);
    }

    private static DelegatedStep down(Migration migration) {
        return (DelegatedStep) migration.down().orElseThrow().get(0);
    }

    @Test
    void whatReadsRowsIsDelegatedWithTheFilesItIsMadeOf() {
        project.write("tenants/names.ts", "export { clean } from './rules/index.js';\n")
                .write("tenants/rules/index.ts", "export const clean = (id: number) => 'x' + id;\n")
                .write("tenants/other.ts", "export {};\n")
                .write(
                        "migrations/2_b.ts",
                        """
                        import type { Knex } from 'knex';
                        import { clean } from '../tenants/names';
                        export async function up(knex: Knex) { %s }
                        export const down = (knex: Knex) => knex('a').update({ b: null });
                        """
                                .formatted(READS));

        List<Migration> migrations = migrations("auto");

        assertThat(migrations.get(0).up().get(0)).isInstanceOf(ScriptStep.class);
        DelegatedStep up = up(migrations.get(1));
        assertThat(up.runner()).isEqualTo("billing");
        assertThat(up.migration()).isEqualTo("2_b.ts");
        assertThat(up.atomicity()).isEqualTo(Atomicity.ATOMIC);
        assertThat(up.files().keySet())
                .containsExactly(
                        "knexfile.js",
                        "migrations/2_b.ts",
                        "settings/pool.js",
                        "tenants/names.ts",
                        "tenants/rules/index.ts");
        assertThat(up.reason()).startsWith("its SQL depends on the rows").endsWith("it differs");
        // Knex takes the row out when the migration's own transaction is over.
        assertThat(down(migrations.get(1)).atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
    }

    @Test
    void oneOutsideOfATransactionIsNotAtomic() {
        project.write(
                "migrations/2_b.cjs",
                """
                exports.config = { transaction: false };
                exports.up = (knex) => knex('a').insert({ b: process.env.TENANT });
                exports.down = async () => {};
                """);

        Migration migration = migrations("auto").get(1);

        assertThat(up(migration).atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(up(migration).reason()).isEqualTo("it reads the environment variable TENANT");
        // It does nothing, whoever runs it.
        assertThat(migration.down().orElseThrow()).containsExactly(new ScriptStep(""));
    }

    @Test
    void rowThatKnexWritesOutsideOfTheTransactionMakesItNotAtomic() {
        project.knexfile("migrations: { disableTransactions: true }")
                .write(
                        "migrations/2_b.js",
                        """
                        exports.config = { transaction: true };
                        exports.up = (knex) => knex('a').insert({ b: 'x' });
                        exports.down = (knex) => knex('a').del();
                        """);

        DelegatedStep up = up(migrations("2_b.js").get(1));

        assertThat(up.atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(up.reason()).isEqualTo("asked for by name");
    }

    @Test
    void wayBackIsDelegatedAloneWhereItAloneIsNotTheSameEverywhere() {
        project.migration(
                "2_b.js",
                "await knex('a').insert({ b: 'x' });",
                "await knex('a').insert({ b: String(Math.random()) });");

        Migration migration = migrations("auto").get(1);

        assertThat(migration.up().get(0)).isInstanceOf(ScriptStep.class);
        assertThat(down(migration).reason()).isEqualTo("its SQL is not the same twice");
    }

    @Test
    void migrationWithoutADownIsNoneThatKnexRuns() {
        project.write(
                "migrations/2_b.js",
                "exports.up = (knex) => knex('a').insert({ b: Date.now() });\n");

        assertThat(project.delegating("auto").refusals())
                .containsExactly(
                        "migrations/2_b.js: it is delegated and exports no function down, and Knex"
                                + " runs no migration without one [configuration]. Export one; it"
                                + " may throw an error");
    }

    @Test
    void whatNoScriptCanDoIsDelegatedByName() {
        project.migration(
                "2_b.js", "await knex.raw('prepare transaction \\'x\\'').catch(() => {});", "");

        assertThat(up(migrations("2_b.js").get(1)).migration()).isEqualTo("2_b.js");
    }
}
