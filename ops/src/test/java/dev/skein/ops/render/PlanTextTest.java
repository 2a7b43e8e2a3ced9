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
        assertThat(PlanText.plan(PLAN, false))
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
    void sqlOfEachStepIsShownWhereAskedFor() {
        assertThat(PlanText.plan(PLAN, true))
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
