package dev.skein.ops.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.downs.DownFinding;
import dev.skein.ops.downs.Downs;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What migrations do beside the schema: to roles of the server, and to the framework's tables. */
class ServerWideIT {
    private static final String ROLES =
            "select rolname from pg_roles where rolname like 'stage%' order by 1";

    private static RehearsalReport rehearsed(Plan plan) {
        try (ScratchServer server = Scratch.server()) {
            return new Rehearser(server, Optional.empty(), Scratch.host())
                    .rehearse(plan, List.of());
        }
    }

    private static List<String> onServer(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ScratchServer server = Scratch.server();
                Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    @AfterEach
    void dropRoles() throws SQLException {
        for (String role : onServer(ROLES)) {
            onServer("drop role " + role);
        }
    }

    @Test
    void roleThatItsDownLeavesIsSaidAndGoesWithTheRehearsal() throws SQLException {
        Plan plan =
                Scratch.plan(
                        Scratch.reversible(
                                "1",
                                "create role stage_reader; create table a (id int);"
                                        + " grant select on a to stage_reader;",
                                "drop table a;"),
                        Scratch.reversible(
                                "2",
                                "create user \"stage Writer\"; create table b (id int);"
                                        + " alter table b owner to \"stage Writer\"",
                                "drop table b; drop role \"stage Writer\";"));

        RehearsalReport report = rehearsed(plan);

        assertThat(report.waysBack())
                .containsExactly(
                        new WayBack(
                                "1",
                                "1_change.up.sql",
                                WayBack.Verdict.DIFFERENT,
                                Optional.of(
                                        "its down leaves on the server what the migration made"
                                                + " there: role stage_reader")),
                        new WayBack(
                                "2", "2_change.up.sql", WayBack.Verdict.PROVEN, Optional.empty()));
        assertThat(onServer(ROLES)).isEmpty();
    }

    @Test
    void roleIsMadeAgainWhereTheScratchDatabaseIs() throws SQLException {
        Migration broken = Scratch.reversible("2", "create table b ();", "drop table nowhere;");
        Plan plan =
                Scratch.plan(
                        Scratch.reversible(
                                "1", "create role stage_reader;", "drop role stage_reader;"),
                        broken);

        assertThat(rehearsed(plan).waysBack())
                .extracting(WayBack::verdict)
                .containsExactly(WayBack.Verdict.PROVEN, WayBack.Verdict.FAILED);
        assertThat(onServer(ROLES)).isEmpty();
    }

    @Test
    void roleThatWasThereBeforeStays() throws SQLException {
        onServer("create role stage_reader");
        String guarded =
                "do $$ begin if to_regrole('stage_reader') is null then"
                        + " create role stage_reader; end if; end $$; create table a ();";

        rehearsed(Scratch.plan(Scratch.reversible("1", guarded, "drop table a;")));

        assertThat(onServer(ROLES)).containsExactly("stage_reader");
    }

    @Test
    void generatedDownOfAMigrationThatMakesARoleSaysThatTheRoleStays() throws SQLException {
        Plan plan = Scratch.plan("create role stage_reader; create table a (id int);");
        try (ScratchServer server = Scratch.server()) {
            DownFinding finding =
                    new Downs(server, Scratch.host()).generate(plan).findings().get(0);

            assertThat(finding.describe())
                    .isEqualTo(
                            "1 (1_change.up.sql): down generated; it loses:\n"
                                    + "    the rows of table public.a\n"
                                    + "    role stage_reader, made by the migration, stays on the"
                                    + " server");
        }
        assertThat(onServer(ROLES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FLYWAY, flyway_schema_history",
        "ALEMBIC, alembic_version",
        "PRISMA, _prisma_migrations",
        "KNEX, knex_migrations",
        "KNEX, knex_migrations_lock"
    })
    void migrationFindsTheFrameworksTables(Framework framework, String table) {
        Migration grants =
                Scratch.reversible("1", "grant select on " + table + " to public;", "select 1;");

        assertThat(
                        rehearsed(new Plan(framework, Optional.empty(), List.of(grants)))
                                .waysBack(WayBack.Verdict.PROVEN))
                .hasSize(1);
    }
}
