package dev.skein.engine.postgres;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.CatalogueRow;
import dev.skein.engine.Engine;
import dev.skein.engine.EngineUnderTest;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.StepSample;
import dev.skein.engine.TlsMode;
import dev.skein.engine.WireProtocol;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Framework;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PostgreSQL on the shared server. */
final class PostgresUnderTest implements EngineUnderTest {
    private static final String SERVER = "pg-1";
    private static final double SHORTEST_WAITS = 0;
    private static final long AWAIT_SECONDS_MAX = 30;
    private static final String SESSIONS =
            " from pg_stat_activity where datname = current_database()"
                    + " and application_name like 'skein/r%'";

    private final TestPostgres server = TestServers.postgres();
    private final Vertx vertx = Vertx.vertx();

    /** The last one from outside, to one database: opening one costs more than a question. */
    private Optional<Connection> outside = Optional.empty();

    private String outsideOf = "";

    @Override
    public DatabaseId freshDatabase() {
        return DatabaseId.of(SERVER, TestServers.freshDatabase("contract"));
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Engine engine(int port, Duration patience) {
        ServerAddress address =
                new ServerAddress(
                        SERVER,
                        "127.0.0.1",
                        port,
                        TestPostgres.SUPERUSER,
                        Optional::empty,
                        TlsMode.DISABLE,
                        Optional.empty());
        return new PostgresEngine(
                vertx,
                new Connections(vertx, name -> Optional.of(address)),
                new ExecutionSettings(InstantSource.system(), () -> SHORTEST_WAITS, patience));
    }

    @Override
    public WireProtocol wireProtocol() {
        return new PostgresWire();
    }

    @Override
    public void execute(DatabaseId database, String sql) {
        server.execute(database.database(), sql);
    }

    @Override
    public synchronized Optional<String> value(DatabaseId database, String query) {
        try (Statement statement = outside(database.database()).createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException refused) {
            throw new AssertionError(query, refused);
        }
    }

    private Connection outside(String database) throws SQLException {
        if (outside.isEmpty() || !outsideOf.equals(database)) {
            closeOutside();
            outside = Optional.of(server.connect(database));
            outsideOf = database;
        }
        return outside.get();
    }

    private void closeOutside() throws SQLException {
        if (outside.isPresent()) {
            outside.get().close();
        }
    }

    @Override
    public Fingerprint fingerprint(DatabaseId database, SchemaReader reader) {
        List<CatalogueRow> rows = new ArrayList<>();
        try (Connection connection = server.connect(database.database());
                Statement statement = connection.createStatement()) {
            statement.execute(reader.preparation());
            ResultSet found = statement.executeQuery(reader.query());
            while (found.next()) {
                rows.add(
                        new CatalogueRow(found.getString("object"), found.getString("definition")));
            }
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
        return reader.fingerprint(rows);
    }

    @Override
    public void whileLocked(DatabaseId database, String table, Runnable work) {
        try (Connection holder = server.connect(database.database());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table " + table + " in access exclusive mode");
            work.run();
            holder.rollback();
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }

    @Override
    public void awaitBlocked(DatabaseId database) {
        String blocked = "select count(*) > 0" + SESSIONS + " and wait_event_type = 'Lock'";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS_MAX);
        while (!value(database, blocked).equals(Optional.of("t"))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nobody waits for a lock in " + database);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void killSessions(DatabaseId database) {
        value(database, "select count(pg_terminate_backend(pid))" + SESSIONS);
    }

    @Override
    public List<Long> ledgerSequences(DatabaseId database) {
        String all =
                "select string_agg(sequence::text, ' ' order by position) from skein.ledger"
                        + " where target = '"
                        + database
                        + "'";
        return value(database, all).stream()
                .flatMap(text -> List.of(text.split(" ")).stream())
                .map(Long::valueOf)
                .toList();
    }

    @Override
    public Optional<String> versions(DatabaseId database, Framework framework) {
        return PostgresSamples.versions(framework).map(query -> value(database, query).orElse(""));
    }

    @Override
    public List<StepSample> samples() {
        return PostgresSamples.ALL;
    }

    @Override
    public synchronized void close() {
        ExecutionFixture.await(vertx.close());
        try {
            closeOutside();
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }
}
