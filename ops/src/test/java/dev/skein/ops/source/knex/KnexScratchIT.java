package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles belong to the scratch server, and are gone from it when the databases are. */
@NeedsTool(Tool.KNEX)
class KnexScratchIT {
    private static final String GRANT = "await knex.raw('grant select on a to knex_reader');";

    @TempDir private Path directory;
    private KnexFixture project;

    @BeforeEach
    void writesAProject() {
        project = new KnexFixture(directory);
        project.knexfile("migrations: {}")
                .migration("1_a.js", "await knex.schema.createTable('a', (t) => t.text('b'));", "");
    }

    @Test
    void rolesOfMigrationsDoNotStayOnTheServer() throws SQLException {
        project.migration(
                "2_roles.js",
                "await knex.raw('create role knex_reader nologin');" + GRANT,
                "await knex.raw('drop owned by knex_reader; drop role knex_reader');");

        assertThat(project.plan()).isEqualTo(project.plan());
        assertThat(project.plan().migrations().get(1).down()).isPresent();
        assertThat(rolesLeft()).isZero();
    }

    @Test
    void rolesThatAreMadeOutsideOfTransactionsAreNoHindranceToOtherRuns() throws SQLException {
        project.write(
                        "migrations/2_roles.js",
                        """
                        exports.config = { transaction: false };
                        exports.up = async (knex) => {
                            await knex.raw('create role knex_reader nologin createdb');
                            // What comes back has the next recording try this out on a copy.
                            await knex('a').insert({ b: 'x' });
                        };
                        exports.down = (knex) => knex.raw('drop role knex_reader');
                        """)
                .migration("3_grant.js", GRANT, "");

        assertThat(project.plan().migrations())
                .hasSize(3)
                .element(1)
                .satisfies(each -> assertThat(each.down()).isPresent());
        assertThat(rolesLeft()).isZero();
    }

    private static int rolesLeft() throws SQLException {
        try (Connection connection = TestServers.postgres().connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from pg_roles where rolname = 'knex_reader'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
