package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Knex agrees with Skein on the way forward and back, down to the batches. */
@NeedsTool(Tool.KNEX)
class KnexIT extends FrameworkWayBackContract {
    private static final String ROWS =
            "select string_agg(name || ' in ' || batch, ', ' order by id) from knex_migrations";
    private static final String LOCK =
            "select string_agg(\"index\" || ' ' || is_locked, ', ') from knex_migrations_lock";

    @TempDir private static Path directory;

    private static KnexFiles files;
    private static Plan plan;

    @BeforeAll
    static void record() {
        files = KnexFiles.in(directory);
        files.migration(
                "1_account.js",
                """
                await knex.schema.createTable('account', (table) => {
                  table.increments();
                  table.string('name', 40).notNullable().defaultTo('none').index();
                });
                """,
                "await knex.schema.dropTable('account');");
        files.migration(
                "2_row.js",
                "await knex('account').insert({ name: 'a' });",
                "await knex('account').where({ name: 'a' }).del();");
        files.migration(
                "3_item.js",
                """
                if (!(await knex.schema.hasTable('item'))) {
                  await knex.schema.createTable('item', (table) => { table.integer('id'); });
                }
                """,
                "await knex.schema.dropTableIfExists('item');");
        files.migration(
                "4_city.js",
                KnexFiles.raw("alter table account add city text"),
                KnexFiles.raw("alter table account drop city"));
        files.outside(
                "5_by_city.js",
                KnexFiles.raw("create index concurrently by_city on account (city)"),
                KnexFiles.raw("drop index concurrently by_city"));
        plan = files.plan();
    }

    @Override
    Plan plan(int count) {
        return plan.withMigrations(plan.migrations().subList(0, count));
    }

    /** As a person who has only these migrations so far: Knex makes a batch of all that it runs. */
    @Override
    String apply(Tenant tenant, int count) {
        KnexFiles project = count == all() ? files : files.first(count, skein.directory());
        return project.hand(tenant).migrate("latest");
    }

    @Override
    void assertSaysApplied(String said, int from, int to) {
        assertThat(said).contains("run: " + (to - from) + " migrations");
    }

    @Override
    void takeBack(Tenant tenant, int count) {
        assertThat(files.hand(tenant).migrate("rollback"))
                .contains("rolled back: " + count + " migrations");
    }

    @Override
    void assertSame(Tenant bySkein, Tenant twin) {
        assertThat(files.hand(bySkein).status()).isEqualTo(files.hand(twin).status());
        assertThat(bySkein.text(ROWS)).isEqualTo(twin.text(ROWS));
        assertThat(bySkein.text(LOCK)).isEqualTo(twin.text(LOCK));
        assertThat(bySkein.schema()).isEqualTo(twin.schema());
    }

    @Override
    void assertUpToDate(Tenant tenant) {
        assertThat(files.hand(tenant).migrate("latest")).contains("Already up to date");
    }

    @Override
    String applied(Tenant tenant) {
        return tenant.text(ROWS);
    }

    @Override
    String endOfFirst() {
        return "3_item.js in 1";
    }

    @Override
    String endOfAll() {
        return "4_city.js in 2, 5_by_city.js in 2";
    }

    @Override
    String endOfTurns() {
        return "3_item.js in 2, 4_city.js in 3, 5_by_city.js in 3";
    }
}
