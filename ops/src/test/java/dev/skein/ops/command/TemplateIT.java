package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that hold a part of the plan already. */
class TemplateIT {
    private static final List<Migration> MIGRATIONS =
            List.of(
                    Scratch.reversible("1", "create table a (id int);", "drop table a;"),
                    Scratch.reversible("2", "alter table a add b int;", "alter table a drop b;"));

    @TempDir private Path directory;

    private Said rehearse(Framework framework, String sql) {
        String template = TestServers.freshDatabase("template");
        TestServers.postgres().execute(template, "create table a (id int);" + sql);
        return rehearse(new Plan(framework, Optional.empty(), MIGRATIONS), template);
    }

    private Said rehearse(Plan plan, String template) {
        Path file = directory.resolve("shop.json");
        PlanFile.of("shop", plan).write(file);
        return Said.by(
                "plan",
                "rehearse",
                file.toString(),
                "--scratch",
                Scratch.uri(),
                "--template",
                template);
    }

    private static void triesTheSecondOnly(Said said) {
        assertThat(said.done().out())
                .contains("1 migration left out, there already or replaced: 1\n")
                .contains("1 migration down and up again");
    }

    @Test
    void whatFlywayHasRecordedIsNotTriedAgain() {
        triesTheSecondOnly(
                rehearse(
                        Framework.FLYWAY,
                        "create table flyway_schema_history (installed_rank int, version text,"
                                + " description text, type text, script text, checksum int,"
                                + " installed_by text, installed_on timestamp default now(),"
                                + " execution_time int, success boolean);"
                                + " insert into flyway_schema_history values"
                                + " (1, '1', 'change', 'SQL', '1_change.up.sql', 1, 'who', now(),"
                                + " 0, true)"));
    }

    @Test
    void whatKnexHasRecordedIsNotTriedAgain() {
        triesTheSecondOnly(
                rehearse(
                        Framework.KNEX,
                        "create table knex_migrations (id serial primary key, name varchar(255),"
                                + " batch int, migration_time timestamptz);"
                                + " insert into knex_migrations (name, batch) values ('1', 1)"));
    }

    @Test
    void whatPrismaHasRecordedIsNotTriedAgain() {
        triesTheSecondOnly(
                rehearse(
                        Framework.PRISMA,
                        "create table _prisma_migrations (id varchar(36) primary key not null,"
                                + " checksum varchar(64) not null, finished_at timestamptz,"
                                + " migration_name varchar(255) not null, logs text,"
                                + " rolled_back_at timestamptz,"
                                + " started_at timestamptz not null default now(),"
                                + " applied_steps_count integer not null default 0);"
                                + " insert into _prisma_migrations"
                                + " (id, checksum, migration_name, finished_at, rolled_back_at)"
                                + " values ('a', 'a', '1', now(), null),"
                                + " ('b', 'b', '2', now(), now())"));
    }

    @Test
    void whatAlembicsHeadStandsOnIsNotTriedAgain() {
        triesTheSecondOnly(
                rehearse(
                        Framework.ALEMBIC,
                        "create table alembic_version (version_num varchar(32) primary key);"
                                + " insert into alembic_version values ('1')"));
    }

    @Test
    void migrationsLeftOutAreNamedUpToAFew() {
        String template = TestServers.freshDatabase("template");
        List<Migration> many = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            many.add(Scratch.reversible("v" + i, "select 1;", "select 1;"));
            rows.append("insert into knex_migrations (name) values ('v" + i + "');");
        }
        many.add(Scratch.reversible("v9", "select 1;", "select 1;"));
        TestServers.postgres()
                .execute(
                        template,
                        "create table knex_migrations (id serial, name text, batch int,"
                                + " migration_time timestamptz);"
                                + rows);

        assertThat(
                        rehearse(new Plan(Framework.KNEX, Optional.empty(), many), template)
                                .done()
                                .out())
                .contains(
                        "8 migrations left out, there already or replaced: v1, v2, v3, v4, v5"
                                + " and 3 more\n");
    }

    @Test
    void rehearsalThatRunsNothingIsNotRecorded() {
        String template = TestServers.freshDatabase("template");
        TestServers.postgres()
                .execute(
                        template,
                        "create table knex_migrations (id serial, name text);"
                                + " insert into knex_migrations (name) values ('v1')");
        Plan plan =
                new Plan(
                        Framework.KNEX,
                        Optional.empty(),
                        List.of(Scratch.reversible("v1", "select 1;", "select 1;")));

        assertThat(rehearse(plan, template).endedWith(1).err())
                .contains("the rehearsal ran no step, so it says nothing and is not recorded");
    }

    /** A view is as good as a function of whoever made it. */
    @Test
    void viewInPlaceOfTheLedgerIsNotRead() {
        Said said =
                rehearse(
                        Framework.SQL,
                        "create schema skein; create table called (who text);"
                                + " create function spy() returns text language plpgsql as"
                                + " 'begin raise exception ''spied''; end';"
                                + " create view skein.ledger as select 1 as position, 'done'::text"
                                + " as kind, spy() as migration, true as completes, 'up'::text as"
                                + " direction");

        assertThat(said.endedWith(1).err())
                .contains("what the template calls skein.ledger is not the table that Skein makes")
                .doesNotContain("spied");
    }

    /** On the connection's own search path the tenant's operator would be the better match. */
    @Test
    void operatorsOfTheTemplateAreNotCalled() {
        triesTheSecondOnly(
                rehearse(
                        Framework.SQL,
                        "create schema skein; create table skein.ledger (position int, kind"
                                + " varchar, completes boolean, migration text, direction text);"
                                + " insert into skein.ledger values (1, 'done', true, '1', 'up');"
                                + " create function spy(varchar, text) returns boolean language"
                                + " plpgsql as 'begin raise exception ''spied''; end';"
                                + " create operator = (leftarg = varchar, rightarg = text,"
                                + " function = spy); do 'begin execute format(''alter database %I"
                                + " set search_path = public, pg_catalog'', current_database());"
                                + " end'"));
    }

    @Test
    void whatTheLedgerHasRecordedIsNotTriedAgain() {
        triesTheSecondOnly(
                rehearse(
                        Framework.SQL,
                        "create schema skein; create table skein.ledger (position int, kind text,"
                                + " migration text, direction text, completes boolean);"
                                + " insert into skein.ledger values (1, 'done', '1', 'up', true)"));
    }
}
