package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** P6: what Alembic says of a database after Skein is what it says after itself. */
@NeedsTool(Tool.ALEMBIC)
class AlembicIT {
    private static final String ALL = "waves: [{ name: all }]";

    @TempDir private static Path directory;

    private static AlembicFiles files;
    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void record() {
        files = AlembicFiles.in(directory);
        files.revision(
                "r1",
                "down_revision = None",
                """
                import sqlalchemy as sa
                op.create_table(
                    "account",
                    sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("name", sa.String(40), nullable=False, server_default="none"),
                )
                """,
                "op.drop_table(\"account\")");
        files.sql("r2", "r1", "insert into account values (1, 'a')", "delete from account");
        files.sql("r3", "r2", "create table item (id int)", "drop table item");
        files.sql(
                "r4",
                "r3",
                "alter table account add city text",
                "alter table account drop column city");
        files.revision(
                "r5",
                AlembicFiles.on("r4"),
                """
                with op.get_context().autocommit_block():
                    op.create_index(
                        "by_city", "account", ["city"], postgresql_concurrently=True)
                """,
                """
                with op.get_context().autocommit_block():
                    op.drop_index("by_city", postgresql_concurrently=True)
                """);
        plan = files.plan();
    }

    @Test
    void p6OnTheWayForwardAndBackItSaysWhatItSaysOfItsOwn() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byAlembic = skein.unannounced("alembic");
        AlembicHand hand = files.hand(byAlembic);
        skein.start();

        skein.open(first(3), ALL).awaitCompleted();
        hand.upgrade("r3");
        assertSame(bySkein, byAlembic);

        Rollout rest = skein.open(plan, ALL);
        rest.awaitCompleted();
        hand.upgrade("head");
        assertSame(bySkein, byAlembic);

        rest.verb("rollback", "{ all: true }");
        rest.awaitPhase("rolled-back");
        hand.downgrade("-2");
        assertSame(bySkein, byAlembic);
        assertThat(files.hand(bySkein).current()).containsExactly("r3");

        skein.open(plan, ALL).awaitCompleted();
        hand.upgrade("head");
        assertSame(bySkein, byAlembic);
        assertThat(files.hand(bySkein).current()).containsExactly("r5 (head)");
    }

    @Test
    void p6AFullApplyAndAFullWayBackAreAlembicsOwn() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byAlembic = skein.unannounced("alembic");
        skein.start();

        Rollout rollout = skein.open(plan, ALL);
        rollout.awaitCompleted();
        AlembicHand hand = files.hand(byAlembic).upgrade("head");
        assertSame(bySkein, byAlembic);

        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        hand.downgrade("base");
        assertSame(bySkein, byAlembic);
        files.hand(bySkein).upgrade("head");
        hand.upgrade("head");
        assertSame(bySkein, byAlembic);
    }

    @Test
    void p6AlembicGoesOnWhereSkeinStoppedAndTheOtherWayRound() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byAlembic = skein.unannounced("alembic");
        skein.start();
        skein.open(first(2), ALL).awaitCompleted();

        files.hand(bySkein).upgrade("r3");
        Rollout onTop = skein.open(plan, ALL);
        onTop.awaitCompleted();

        files.hand(byAlembic).upgrade("head");
        assertSame(bySkein, byAlembic);
        assertThat(bySkein.applied()).isEqualTo("r1 r2 r4 r5");
        onTop.verb("rollback", "{ all: true }");
        onTop.awaitPhase("rolled-back");
        files.hand(byAlembic).downgrade("r3");
        assertSame(bySkein, byAlembic);
    }

    @Test
    void p6WhatAlembicPutOnTopIsInTheWayBack() {
        Tenant tenant = skein.tenant("a1");
        skein.start();
        Rollout rollout = skein.open(first(2), ALL);
        rollout.awaitCompleted();
        files.hand(tenant).upgrade("r3");
        Rollout onTop = skein.open(plan, ALL);
        onTop.awaitCompleted();
        onTop.verb("rollback", "{ all: true }");
        onTop.awaitPhase("rolled-back");
        String schema = tenant.schema();

        rollout.verb("rollback", "{ all: true }");

        JsonNode target = rollout.awaitState(tenant, "irreversible");
        assertThat(target.path("reason").asText()).contains("r3");
        assertThat(tenant.schema()).isEqualTo(schema);
        assertThat(files.hand(tenant).current()).containsExactly("r3");
    }

    private static Plan first(int count) {
        return plan.withMigrations(plan.migrations().subList(0, count));
    }

    private static void assertSame(Tenant bySkein, Tenant byAlembic) {
        assertThat(files.hand(bySkein).status()).isEqualTo(files.hand(byAlembic).status());
        assertThat(bySkein.schema()).isEqualTo(byAlembic.schema());
    }
}
