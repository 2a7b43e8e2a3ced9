package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final JsonNode PLAN =
            Samples.of(
                    """
                    id: 15bc2072adb3ffff
                    name: billing
                    framework: sql
                    version: '2'
                    migrations: 2
                    steps: 2
                    content:
                      migrations:
                        - { version: '1', description: customer, script: 0001_customer.up.sql,
                            up: [{ sql: create table customer () }],
                            down: [{ sql: drop table customer }] }
                        - { version: '2', description: index, script: 0002_index.up.sql,
                            up: [{ sql: create index concurrently i on customer (id),
                                   probe: {} }] }
                    """);

    @Test
    void planShowsWhatEachMigrationNeeds() {
        assertThat(PlanText.plan(PLAN, false, Columns.unlimited()))
                .isEqualTo(
                        """
                        plan 15bc2072adb3ffff
                        billing (sql): 2 migrations in 2 steps, up to version 2

                        VERSION  DESCRIPTION  STEPS  TRANSACTION  DOWN  SCRIPT
                        1        customer     1      yes          yes   0001_customer.up.sql
                        2        index        1      none         no    0002_index.up.sql
                        """);
    }

    @Test
    void planSaysWhatIsDelegatedToWhomAndWhy() {
        String plan =
                """
                id: 15bc2072adb3ffff
                name: billing
                framework: alembic
                version: b1
                migrations: 2
                steps: 2
                content:
                  migrations:
                    - { version: a1, description: a, script: a1.py, up: [{ sql: a }],
                        down: [{ runner: billing, migration: a1, reason: it reads }] }
                    - { version: b1, description: b, script: b1.py,
                        up: [{ runner: billing, migration: b1, reason: asked for by name }] }
                """;

        assertThat(PlanText.plan(Samples.of(plan), true, Columns.unlimited()))
                .contains(
                        "\nthe way back of a1.py is delegated to the runner billing: it reads\n"
                                + "b1.py is delegated to the runner billing: asked for by name\n")
                .contains("-- up b1.py\n-- runner billing: b1\n");
    }

    @Test
    void longNamesAreShortenedInTheirMiddleToFitTheTerminal() {
        String name = "20260806120000_add_in_app_agent_conversation_always_allowed_tools";
        String plan =
                """
                id: 15bc2072adb3ffff
                name: billing
                framework: prisma
                version: '1'
                migrations: 1
                steps: 1
                content:
                  migrations:
                    - { version: %1$s, description: allowed tools, script: %1$s/migration.sql,
                        up: [{ sql: a }] }
                """
                        .formatted(name);

        assertThat(PlanText.plan(Samples.of(plan), false, Columns.of(80)))
                .endsWith(
                        """
                        VERSION             DESCRIPTION    STEPS  TRANSACTION  DOWN  SCRIPT
                        202608061…ed_tools  allowed tools  1      yes          no    \
                        202608061…ation.sql
                        (… shortened to the terminal's width; in full with --wide)
                        """);
        assertThat(PlanText.plan(Samples.of(plan), false, Columns.unlimited())).contains(name);
    }

    @Test
    void planShowsWhatItSaysBesideItsMigrations() {
        String plan =
                """
                id: 15bc2072adb3ffff
                name: billing
                framework: flyway
                version: '3'
                migrations: 4
                steps: 4
                content:
                  migrations:
                    - { version: '1', description: customer, script: V1__customer.sql,
                        up: [{ sql: a }], down: [{ sql: b }],
                        generatedDown: { losses: [ 'table customer', 'column invoice.due' ] } }
                    - { version: '2', description: index, script: V2__index.sql,
                        up: [{ sql: a }], down: [{ sql: b }], generatedDown: { losses: [] } }
                    - { version: '3', description: note, script: V3__note.sql,
                        up: [{ sql: a }], down: [{ sql: b }] }
                    - { version: '', description: views, script: R__views.sql,
                        up: [{ sql: a }], down: [{ sql: b }],
                        generatedDown: { losses: [ 'the earlier text of view v' ] } }
                  hooks:
                    before: [{ name: beforeMigrate, step: {} }, { name: more, step: {} }]
                    after: [{ name: afterMigrate, step: {} }]
                  parameters:
                    - { token: 'T1', source: label, name: tier }
                    - { token: 'T2', source: timestamp, name: 'flyway:timestamp' }
                  gaps: filled
                  rehearsal:
                    server: '15.4'
                    template: golden
                    steps: [{ elapsed: PT0.5S }, { elapsed: PT1.25S }]
                """;
        assertThat(PlanText.plan(Samples.of(plan), false, Columns.unlimited()))
                .isEqualTo(
                        """
                        plan 15bc2072adb3ffff
                        billing (flyway): 4 migrations in 4 steps, up to version 3

                        VERSION     DESCRIPTION  STEPS  TRANSACTION  DOWN       SCRIPT
                        1           customer     1      yes          generated  V1__customer.sql
                        2           index        1      yes          generated  V2__index.sql
                        3           note         1      yes          yes        V3__note.sql
                        repeatable  views        1      yes          generated  R__views.sql

                        1: generated down, loses: table customer; column invoice.due
                        2: generated down, loses nothing
                        views: generated down, loses: the earlier text of view v
                        run before the first migration: beforeMigrate, more
                        run after the last migration: afterMigrate
                        parameter T1: the label tier of each database
                        parameter T2: the time of the order (flyway:timestamp)
                        gaps: a migration missing below one that is applied is applied all the same
                        rehearsed - on server 15.4, from a copy of golden: 2 steps in 1s750ms
                        """);
    }

    @Test
    void sqlOfEachStepIsShownWhereAskedFor() {
        assertThat(PlanText.plan(PLAN, true, Columns.unlimited()))
                .endsWith(
                        """

                        -- up 0001_customer.up.sql
                        create table customer ()
                        -- down 0001_customer.up.sql
                        drop table customer

                        -- up 0002_index.up.sql
                        create index concurrently i on customer (id);  -- outside a transaction
                        """);
    }

    @Test
    void publishedPlanSaysWhatComesNext() {
        assertThat(PlanText.published(PLAN))
                .isEqualTo(
                        "Published plan 15bc2072adb3 (billing): 2 migrations in 2 steps, up to"
                                + " version 2.\nOpen a rollout with: skein rollout open --plan"
                                + " 15bc2072adb3 --strategy FILE");
    }

    @Test
    void listShowsShortIds() {
        String list = "items: [{ id: 15bc2072adb3ffff, name: billing, framework: sql }]";
        assertThat(PlanText.list(Samples.of(list)))
                .isEqualTo(
                        """
                        PLAN          NAME     FRAMEWORK  VERSION  MIGRATIONS  PUBLISHED
                        15bc2072adb3  billing  sql        -        -           -
                        """);
    }
}
