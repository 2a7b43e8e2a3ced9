package dev.skein.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.Announcement;
import dev.skein.orchestrator.fleet.FleetInventory;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.VersionTableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SharedTablesTest {
    private static final DatabaseId ONE = DatabaseId.of("pg-1", "shared", "t_1");
    private static final DatabaseId TWO = DatabaseId.of("pg-1", "shared", "t_2");
    private static final DatabaseId WHOLE = DatabaseId.of("pg-1", "shared");
    private static final DatabaseId ALONE = DatabaseId.of("pg-1", "other", "t_1");

    private static Plan plan(Optional<String> schema) {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "m",
                        "V1__m.sql",
                        Optional.empty(),
                        List.of(new ScriptStep("select 1")),
                        Optional.empty());
        return new Plan(
                Framework.FLYWAY,
                Optional.of(new VersionTableName(schema, "history")),
                List.of(migration));
    }

    private static Optional<String> refusal(Optional<String> schema, DatabaseId... targets) {
        SortedMap<DatabaseId, Announcement> announced = new TreeMap<>();
        for (DatabaseId each : List.of(ONE, TWO, WHOLE, ALONE)) {
            announced.put(each, null);
        }
        return SharedTables.refusal(plan(schema), new FleetInventory(announced), List.of(targets))
                .map(
                        rejection -> {
                            assertThat(rejection.code())
                                    .isEqualTo(RejectionCode.SHARED_VERSION_TABLE);
                            return rejection.message();
                        });
    }

    @Test
    void schemasThatWouldShareATableAreNamedWithTheWayOut() {
        assertThat(refusal(Optional.of("ops"), TWO, ONE))
                .contains(
                        "the plan keeps its books in ops.history, one version table for 2 databases"
                                + " that are schemas of one database with other targets, so that"
                                + " what one of them has would read as applied in all:"
                                + " pg-1/shared/t_1, pg-1/shared/t_2; build the plan with a version"
                                + " table without a schema, which each schema then has for itself"
                                + " (--version-table TABLE, or the framework's configuration)");
    }

    @Test
    void oneSchemaOfSeveralIsRefusedToo() {
        assertThat(refusal(Optional.of("ops"), ONE)).isPresent();
    }

    @Test
    void tablesThatAreATargetsOwnAreNoReasonToRefuse() {
        assertThat(refusal(Optional.empty(), ONE, TWO)).isEmpty();
        assertThat(refusal(Optional.of("t_1"), ONE)).isEmpty();
        assertThat(refusal(Optional.of("ops"), WHOLE, ALONE)).isEmpty();
    }
}
