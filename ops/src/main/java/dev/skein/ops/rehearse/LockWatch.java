package dev.skein.ops.rehearse;

import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.trial.StepWatch;
import dev.skein.protocol.plan.TableLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds the locks that one step holds on tables that were there before it. Those of a script are
 * read inside its transaction, just before it commits, and are all there are; those of a statement
 * outside of one are sampled by a second connection while it runs, so that one of less than some
 * milliseconds may be missed.
 *
 * <p>Threads: the one that runs the step, beside one of its own from {@link #before} to {@link
 * #after}.
 */
final class LockWatch implements StepWatch {
    private static final int EVERY_MILLIS = 3;

    private static final String TABLES =
            """
            select c.oid, n.nspname || '.' || c.relname
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not like 'pg\\_%'
              and n.nspname not in ('information_schema', 'skein')
            """;

    private static final String LOCKS =
            "select relation, mode from pg_catalog.pg_locks"
                    + " where locktype = 'relation' and granted and pid = ";

    private final ScratchDatabase database;
    private final boolean sampled;
    private final SortedMap<Long, String> tables = new TreeMap<>();
    private final SortedMap<String, String> strongest = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private Thread sampler;

    /**
     * @param sampled whether the step has no transaction in which to look
     */
    LockWatch(ScratchDatabase database, boolean sampled) {
        this.database = database;
        this.sampled = sampled;
    }

    @Override
    public void before(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.put(rows.getLong(1), rows.getString(2));
            }
        }
        if (sampled) {
            int backend = backend(connection);
            Connection second = database.connect();
            sampler = new Thread(() -> sample(second, backend), "lock-sampler");
            sampler.start();
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void sample(Connection second, int backend) {
        try (second) {
            do {
                look(second, Integer.toString(backend));
            } while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (SQLException gone) {
            // The step tells of a server that is gone.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void beforeCommit(Connection connection) throws SQLException {
        look(connection, "pg_catalog.pg_backend_pid()");
    }

    private void look(Connection connection, String backend) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LOCKS + backend)) {
            while (rows.next()) {
                String table = tables.get(rows.getLong(1));
                if (table != null) {
                    strongest.merge(table, rows.getString(2), LockMode::stronger);
                }
            }
        }
    }

    @Override
    public void after() {
        over.countDown();
        if (sampler != null) {
            try {
                sampler.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What was found, by table; to be asked when the step is over. */
    List<TableLock> locks() {
        List<TableLock> locks = new ArrayList<>();
        strongest.forEach((table, mode) -> locks.add(new TableLock(table, mode)));
        return locks;
    }
}
