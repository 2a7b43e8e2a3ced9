package dev.skein.ops.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Does harm at random: to processes, connections, tables, the broker and the server. */
final class FlockFaults {
    private static final String CUT =
            "select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like 'skein%%' and pid %% 3 = %d";
    private static final int FROZEN_MAX_MILLIS = 5_000;
    private static final int AWAY_MAX_MILLIS = 4_000;
    private static final int LOCKED_MAX_MILLIS = 3_000;

    private final Flock flock;
    private final FlockCrew crew;
    private final SplittableRandom random;
    private final Map<String, Integer> done = new TreeMap<>();

    FlockFaults(Flock flock, FlockCrew crew, SplittableRandom random) {
        this.flock = flock;
        this.crew = crew;
        this.random = random;
    }

    /** One of them; the rarer ones are those after which everything waits. */
    void one() {
        int draw = random.nextInt(100);
        if (draw < 35) {
            did("agent killed", () -> drawn(crew.agents()).killAndStart());
        } else if (draw < 50) {
            did("orchestrator killed", () -> drawn(crew.orchestrators()).killAndStart());
        } else if (draw < 60) {
            did("agent frozen", () -> drawn(crew.agents()).freeze(() -> pass(FROZEN_MAX_MILLIS)));
        } else if (draw < 67) {
            did(
                    "orchestrator frozen",
                    () -> drawn(crew.orchestrators()).freeze(() -> pass(FROZEN_MAX_MILLIS)));
        } else if (draw < 80) {
            did("connections cut", this::cutConnections);
        } else if (draw < 92) {
            did("table locked", this::lockTable);
        } else if (draw < 96) {
            did("server restarted", crew::restartDatabases);
        } else {
            did("broker away", () -> crew.withoutBroker(() -> pass(AWAY_MAX_MILLIS)));
        }
    }

    private void did(String what, Runnable fault) {
        fault.run();
        done.merge(what, 1, Integer::sum);
    }

    private <T> T drawn(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void pass(int maxMillis) {
        Waiting.pass(Duration.ofMillis(random.nextInt(maxMillis)));
    }

    private void cutConnections() {
        flock.server().execute("postgres", CUT.formatted(random.nextInt(3)));
    }

    /** What a long query of an application does to a migration. */
    private void lockTable() {
        try (Connection connection = flock.server().connect(drawn(flock.tenants()).database());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table counter in access exclusive mode");
            pass(LOCKED_MAX_MILLIS);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** How often each was done. */
    Map<String, Integer> done() {
        return new TreeMap<>(done);
    }
}
