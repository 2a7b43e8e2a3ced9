package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * P6: branches that merge, two heads and a dependency between them, with the rows in a table of the
 * project's own.
 */
@NeedsTool(Tool.ALEMBIC)
class AlembicBranchesIT {
    private static final String ROWS =
            "select string_agg(version_num, ' ' order by version_num) from books.moves";

    @TempDir private static Path directory;

    private static AlembicFiles files;
    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void record() {
        files =
                AlembicFiles.in(
                        directory,
                        """
                        connection.execute(text("create schema if not exists books"))
                            connection.commit()
                            context.configure(
                                connection=connection,
                                version_table="moves",
                                version_table_schema="books",
                                transaction_per_migration=True)\
                        """);
        table("a1", "down_revision = None");
        table("b1", AlembicFiles.on("a1"));
        table("c1", AlembicFiles.on("a1"));
        table("m1", "down_revision = (\"b1\", \"c1\")");
        files.revision(
                "m2",
                AlembicFiles.on("m1"),
                """
                op.execute("alter table t_m1 add note text")
                with op.get_context().autocommit_block():
                    op.execute("create index concurrently by_note on t_m1 (note)")
                """,
                """
                with op.get_context().autocommit_block():
                    op.execute("drop index concurrently by_note")
                op.execute("alter table t_m1 drop column note")
                """);
        table(
                "x1",
                """
                down_revision = None
                branch_labels = ("reports",)
                depends_on = "b1"\
                """);
        plan = files.plan();
    }

    private static void table(String id, String place) {
        files.revision(
                id,
                place,
                AlembicFiles.execute("create table t_" + id + " (id int)"),
                AlembicFiles.execute("drop table t_" + id));
    }

    @Test
    void p6AllHeadsAreReachedAsAlembicReachesThem() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byAlembic = skein.unannounced("alembic");
        skein.start();

        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitCompleted();

        AlembicHand hand = files.hand(byAlembic).upgrade("heads");
        assertSame(bySkein, byAlembic);
        assertThat(bySkein.text(ROWS)).isEqualTo("m2 x1");
        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        hand.downgrade("base");
        assertSame(bySkein, byAlembic);
    }

    @Test
    void p6AMergeIsTakenBackIntoItsBranchesAndMadeAgain() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byAlembic = skein.unannounced("alembic");
        AlembicHand hand = files.hand(byAlembic);
        skein.start();

        skein.open(only("a1", "b1", "c1"), RolloutStrategies.ALL).awaitCompleted();
        hand.upgrade("b1").upgrade("c1");
        assertSame(bySkein, byAlembic);
        assertThat(bySkein.text(ROWS)).isEqualTo("b1 c1");

        Rollout merge = skein.open(only("a1", "b1", "c1", "m1", "m2"), RolloutStrategies.ALL);
        merge.awaitCompleted();
        hand.upgrade("m2");
        assertSame(bySkein, byAlembic);

        merge.verb("rollback", "{ all: true }");
        merge.awaitPhase("rolled-back");
        hand.downgrade("m1").downgrade("b1");
        assertSame(bySkein, byAlembic);
        assertThat(bySkein.text(ROWS)).isEqualTo("b1 c1");

        skein.open(plan, RolloutStrategies.ALL).awaitCompleted();
        hand.upgrade("heads");
        assertSame(bySkein, byAlembic);
    }

    @Test
    void p6OneBranchByAlembicAndTheOtherBySkein() {
        Tenant bySkein = skein.tenant("skein");
        Tenant byAlembic = skein.unannounced("alembic");
        files.hand(bySkein).upgrade("c1");
        skein.start();

        skein.open(only("a1", "b1", "c1", "x1"), RolloutStrategies.ALL).awaitCompleted();
        files.hand(byAlembic).upgrade("c1").upgrade("x1");
        assertSame(bySkein, byAlembic);
        assertThat(bySkein.applied()).isEqualTo("b1 x1");

        files.hand(bySkein).upgrade("m1");
        skein.open(plan, RolloutStrategies.ALL).awaitCompleted();
        files.hand(byAlembic).upgrade("heads");
        assertSame(bySkein, byAlembic);
        assertThat(bySkein.applied()).isEqualTo("b1 x1 m2");
    }

    private static Plan only(String... revisions) {
        List<String> wanted = List.of(revisions);
        List<Migration> some =
                plan.migrations().stream().filter(each -> wanted.contains(each.key())).toList();
        return plan.withMigrations(some);
    }

    private static void assertSame(Tenant bySkein, Tenant byAlembic) {
        assertThat(files.hand(bySkein).status()).isEqualTo(files.hand(byAlembic).status());
        assertThat(bySkein.text(ROWS)).isEqualTo(byAlembic.text(ROWS));
        assertThat(bySkein.schema()).isEqualTo(byAlembic.schema());
    }
}
