package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** P6: what Knex says of a database after Skein is what it says after itself. */
@NeedsTool(Tool.KNEX)
class KnexIT {
    private static final String ALL = "waves: [{ name: all }]";
    private static final String BOOKS =
            "select string_agg(name || ' in ' || batch, ', ' order by id) from knex_migrations";
    private static final String LOCK =
            "select string_agg(\"index\" || ' ' || is_locked, ', ') from knex_migrations_lock";

    @TempDir private static Path directory;

    private static KnexFiles files;
    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

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

    @Test
    void p6OnTheWayForwardAndBackItSaysWhatItSaysOfItsOwn() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byKnex = skein.unannounced("knex");
        skein.start();

        skein.open(first(3), ALL).awaitCompleted();
        files.first(3, skein.directory()).hand(byKnex).migrate("latest");
        assertSame(bySkein, byKnex);

        Rollout rest = skein.open(plan, ALL);
        rest.awaitCompleted();
        files.hand(byKnex).migrate("latest");
        assertSame(bySkein, byKnex);
        assertThat(bySkein.text(BOOKS)).endsWith("4_city.js in 2, 5_by_city.js in 2");

        rest.verb("rollback", "{ all: true }");
        rest.awaitPhase("rolled-back");
        files.hand(byKnex).migrate("rollback");
        assertSame(bySkein, byKnex);
        assertThat(bySkein.text(BOOKS)).endsWith("3_item.js in 1");

        skein.open(plan, ALL).awaitCompleted();
        files.hand(byKnex).migrate("latest");
        assertSame(bySkein, byKnex);
    }

    @Test
    void p6AFullApplyAndAFullWayBackAreKnexesOwn() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byKnex = skein.unannounced("knex");
        skein.start();

        Rollout rollout = skein.open(plan, ALL);
        rollout.awaitCompleted();
        files.hand(byKnex).migrate("latest");
        assertSame(bySkein, byKnex);

        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        files.hand(byKnex).migrate("rollback");
        assertSame(bySkein, byKnex);
        for (Tenant each : List.of(bySkein, byKnex)) {
            files.hand(each).migrate("latest");
        }
        assertSame(bySkein, byKnex);
    }

    @Test
    void p6KnexTakesBackWhatSkeinApplied() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byKnex = skein.unannounced("knex");
        skein.start();
        skein.open(first(3), ALL).awaitCompleted();
        files.first(3, skein.directory()).hand(byKnex).migrate("latest");
        skein.open(plan, ALL).awaitCompleted();
        files.hand(byKnex).migrate("latest");

        for (Tenant each : List.of(bySkein, byKnex)) {
            assertThat(files.hand(each).migrate("rollback"))
                    .contains("Batch 2 rolled back: 2 migrations");
        }

        assertSame(bySkein, byKnex);
        skein.open(plan, ALL).awaitCompleted();
        files.hand(byKnex).migrate("latest");
        assertSame(bySkein, byKnex);
    }

    @Test
    void p6KnexGoesOnWhereSkeinStoppedAndTheOtherWayRound() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byKnex = skein.unannounced("knex");
        skein.start();
        skein.open(first(2), ALL).awaitCompleted();
        files.first(2, skein.directory()).hand(byKnex).migrate("latest");

        for (Tenant each : List.of(bySkein, byKnex)) {
            files.hand(each).migrate("up", "3_item.js");
        }
        Rollout onTop = skein.open(plan, ALL);
        onTop.awaitCompleted();

        files.hand(byKnex).migrate("latest");
        assertSame(bySkein, byKnex);
        assertThat(bySkein.text(BOOKS))
                .endsWith("3_item.js in 2, 4_city.js in 3, 5_by_city.js in 3");
        onTop.verb("rollback", "{ all: true }");
        onTop.awaitPhase("rolled-back");
        files.hand(byKnex).migrate("rollback");
        assertSame(bySkein, byKnex);
    }

    @Test
    void p6WhatKnexPutOnTopIsInTheWayBack() {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        Rollout rollout = skein.open(first(2), ALL);
        rollout.awaitCompleted();
        files.hand(tenant).migrate("up", "3_item.js");
        String schema = tenant.schema();

        rollout.verb("rollback", "{ all: true }");

        JsonNode target = rollout.awaitState(tenant, "irreversible");
        assertThat(target.path("reason").asText()).contains("3_item.js");
        assertThat(tenant.schema()).isEqualTo(schema);
        assertThat(tenant.text(BOOKS)).endsWith("3_item.js in 2");
    }

    private static Plan first(int count) {
        return plan.withMigrations(plan.migrations().subList(0, count));
    }

    private static void assertSame(Tenant bySkein, Tenant byKnex) {
        assertThat(files.hand(bySkein).status()).isEqualTo(files.hand(byKnex).status());
        assertThat(bySkein.text(BOOKS)).isEqualTo(byKnex.text(BOOKS));
        assertThat(bySkein.text(LOCK)).isEqualTo(byKnex.text(LOCK));
        assertThat(bySkein.schema()).isEqualTo(byKnex.schema());
    }
}
