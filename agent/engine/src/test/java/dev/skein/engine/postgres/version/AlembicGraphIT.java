package dev.skein.engine.postgres.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.execution.VersionChange.Kind;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of random graphs, applied and taken back in random order. */
final class AlembicGraphIT {
    private static final int GRAPHS = 40;
    private static final String DATABASE = TestServers.freshDatabase("graph");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tableHoldsTheHeadsAfterEachMove(long seed) throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        try (Connection connection = TestServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < GRAPHS; i++) {
                statement.execute("drop table if exists heads");
                new Moves(Graphs.random(random), random, statement).run();
            }
        }
    }

    private static final class Moves {
        private final Plan plan;
        private final Ancestry ancestry;
        private final SplittableRandom random;
        private final Statement statement;
        private final VersionTable table;
        private final List<String> applied = new ArrayList<>();

        Moves(Plan plan, SplittableRandom random, Statement statement) {
            this.plan = plan;
            this.ancestry = Ancestry.of(plan.migrations());
            this.random = random;
            this.statement = statement;
            this.table = new AlembicVersion(plan, "public", "heads");
        }

        void run() throws SQLException {
            statement.execute(table.creation());
            while (applied.size() < plan.migrations().size()) {
                move(random.nextInt(3) > 0 || applied.isEmpty());
            }
            while (!applied.isEmpty()) {
                move(false);
            }
        }

        private void move(boolean up) throws SQLException {
            List<String> candidates = up ? next() : ancestry.heads(applied);
            String key = candidates.get(random.nextInt(candidates.size()));
            Migration migration = plan.migration(key).orElseThrow();
            statement.execute(
                    "begin;"
                            + table.guard(new VersionExpectation(migration, !up))
                            + table.change(
                                    Graphs.change(up ? Kind.APPLIED : Kind.REVERTED, migration))
                            + "commit");
            if (up) {
                applied.add(key);
            } else {
                applied.remove(key);
            }
            assertThat(heads()).as(plan + " after " + key).isEqualTo(ancestry.heads(applied));
        }

        private List<String> next() {
            return plan.migrations().stream()
                    .map(Migration::key)
                    .filter(key -> !applied.contains(key))
                    .filter(key -> applied.containsAll(ancestry.parents(key)))
                    .toList();
        }

        private List<String> heads() throws SQLException {
            List<String> heads = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("select version_num from heads")) {
                while (rows.next()) {
                    heads.add(rows.getString(1));
                }
            }
            return heads.stream().sorted().toList();
        }
    }
}
