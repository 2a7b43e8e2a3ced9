package dev.skein.engine.postgres;

import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.CatalogueRow;
import dev.skein.engine.postgres.catalogue.Catalogue;
import dev.skein.engine.postgres.catalogue.CatalogueScope;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.RehearsedStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What SQL does to the schema of a database, as a rehearsal notes it of a step. */
final class RehearsalSteps {
    private RehearsalSteps() {}

    /** The first step up of that migration does this in that database. */
    static RehearsedStep up(Plan plan, String migration, String database, String sql) {
        Fingerprint before = fingerprint(plan, database);
        TestServers.postgres().execute(database, sql);
        Fingerprint after = fingerprint(plan, database);
        return new RehearsedStep(
                migration,
                true,
                0,
                Duration.ZERO,
                before.whole(),
                after.whole(),
                Fingerprint.changes(before, after),
                List.of());
    }

    private static Fingerprint fingerprint(Plan plan, String database) {
        CatalogueScope scope = CatalogueScope.of(plan, Optional.empty());
        List<CatalogueRow> rows = new ArrayList<>();
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(Catalogue.PREPARATION);
            ResultSet found = statement.executeQuery(Catalogue.query(scope));
            while (found.next()) {
                rows.add(new CatalogueRow(found.getString(1), found.getString(2)));
            }
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
        return scope.fingerprint(rows);
    }
}
