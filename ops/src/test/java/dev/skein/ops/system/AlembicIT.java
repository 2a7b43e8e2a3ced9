package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Alembic agrees with Skein on the way forward and back. */
@NeedsTool(Tool.ALEMBIC)
class AlembicIT extends FrameworkWayBackContract {
    @TempDir private static Path directory;

    private static AlembicFiles files;
    private static Plan plan;

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

    @Override
    Plan plan(int count) {
        return plan.withMigrations(plan.migrations().subList(0, count));
    }

    @Override
    String apply(Tenant tenant, int count) {
        files.hand(tenant).upgrade("r" + count);
        return "";
    }

    @Override
    void takeBack(Tenant tenant, int count) {
        files.hand(tenant).downgrade(count == all() ? "base" : "-" + count);
    }

    @Override
    void assertSame(Tenant bySkein, Tenant twin) {
        assertThat(files.hand(bySkein).status()).isEqualTo(files.hand(twin).status());
        assertThat(bySkein.schema()).isEqualTo(twin.schema());
    }

    @Override
    void assertUpToDate(Tenant tenant) {
        assertThat(files.hand(tenant).current()).containsExactly("r5 (head)");
    }

    @Override
    void assertTakenBack(Tenant tenant) {
        assertThat(files.hand(tenant).current()).containsExactly("r3");
    }

    @Override
    String applied(Tenant tenant) {
        return String.join(" ", files.hand(tenant).current());
    }

    @Override
    String endOfFirst() {
        return "r3";
    }

    @Override
    String endOfAll() {
        return "r5 (head)";
    }
}
