package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.dump.SchemaDump;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Holds tenants that were migrated in the midst of trouble against the one migrated by hand. */
final class TenantAudit {
    /** Without the numbers that a sequence gave, which a rolled back transaction uses up. */
    private static final String ROWS =
            "select concat_ws('|', id, visits, state) from customer union all"
                    + " select concat_ws('|', 'invoice', customer, cents) from invoice order by 1";

    private static final String HISTORY =
            "select concat_ws('|', installed_rank, version, description, type, script, checksum,"
                    + " success) from flyway_schema_history order by installed_rank";
    private static final String DONE =
            "select migration || ' ' || direction || ' ' || step || ' ' || completes"
                    + " from skein.ledger where kind = 'done' order by sequence";
    private static final String SEQUENCES = "select sequence from skein.ledger order by sequence";

    private final Tenants tenants;

    TenantAudit(Tenants tenants) {
        this.tenants = tenants;
    }

    /** All there is to hold against each other. */
    void run() {
        List<String> history = strings(tenants.reference(), HISTORY);
        assertThat(history).hasSize(1 + Tenants.MIGRATIONS);
        for (String tenant : tenants.names()) {
            assertThat(strings(tenant, HISTORY)).as("%s: version table", tenant).isEqualTo(history);
            ledger(tenant);
        }
        schemaAndRows(List.of());
    }

    /**
     * Schema and rows alone.
     *
     * @param versionTables names of tables that are not in all of them
     */
    void schemaAndRows(List<String> versionTables) {
        String schema = SchemaDump.of(tenants.server(), tenants.reference(), versionTables);
        List<String> rows = strings(tenants.reference(), ROWS);
        for (String tenant : tenants.names()) {
            assertThat(strings(tenant, ROWS)).as("%s: rows", tenant).isEqualTo(rows);
            assertThat(SchemaDump.of(tenants.server(), tenant, versionTables))
                    .as("%s: schema", tenant)
                    .isEqualTo(schema);
        }
    }

    private void ledger(String tenant) {
        List<String> steps = new ArrayList<>();
        for (int version = 1; version <= Tenants.MIGRATIONS; version++) {
            steps.add(version + " up 0 true");
        }
        assertThat(strings(tenant, DONE)).as("%s: steps in the ledger", tenant).isEqualTo(steps);
        List<String> sequences = strings(tenant, SEQUENCES);
        assertThat(sequences)
                .as("%s: sequence of the ledger", tenant)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequences.size())
                                .mapToObj(Long::toString)
                                .toList());
    }

    /** The first column of what a query selects. */
    List<String> strings(String database, String query) {
        try (Connection connection = tenants.server().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new AssertionError(database + ": " + query, failure);
        }
    }
}
