package dev.skein.ops.source.knex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.dump.SchemaDump;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Compares what a plan leaves in a database with what Knex itself leaves in another. */
final class Agreement {
    /** Knex's own tables and what comes with them. */
    private static final List<String> OWN =
            List.of(
                    "knex_migrations",
                    "knex_migrations_id_seq",
                    "knex_migrations_lock",
                    "knex_migrations_lock_index_seq");

    private Agreement() {}

    /** That the plan does all that Knex does, by the same names, and takes all of it back. */
    static void assertThatBothDoTheSame(KnexFixture project, Plan plan, int migrations)
            throws SQLException {
        String byKnex = project.migratedByKnex();
        String byPlan = KnexFixture.migratedBy(plan);
        assertThat(plan.migrations()).hasSize(migrations);
        assertThat(schema(byPlan)).isEqualTo(schema(byKnex));
        assertThat(names(byKnex)).isEqualTo(versions(plan));
        for (int i = migrations - 1; i >= 0; i--) {
            List<Step> down = plan.migrations().get(i).down().orElseThrow();
            KnexFixture.execute(byPlan, down);
        }
        assertThat(schema(byPlan)).doesNotContain("CREATE TABLE", "CREATE VIEW");
    }

    static List<String> versions(Plan plan) {
        return plan.migrations().stream().map(Migration::version).toList();
    }

    static String schema(String database) {
        return SchemaDump.of(TestServers.postgres(), database, OWN);
    }

    /** What Knex's own table names, in the order in which it was applied. */
    static List<String> names(String database) throws SQLException {
        return rows(database, "select name from knex_migrations order by id");
    }

    static List<String> rows(String database, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(rows.getString(i));
                }
                found.add(row.toString());
            }
        }
        return found;
    }
}
