package dev.skein.ops.rehearse;

import dev.skein.protocol.plan.TableLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * <p>Threads: one at a time, beside one of its own from {@link #begin} to {@link #end}.
 */
final class LockWatch {
    private static final int EVERY_MILLIS = 3;

    private static final String TABLES =
            """
            select c.oid, n.nspname || '.' || c.relname, c.relname
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not like 'pg\\_%'
              and n.nspname not in ('information_schema', 'skein')
            """;

    private static final String LOCKS =
            "select relation, mode from pg_catalog.pg_locks"
                    + " where locktype = 'relation' and granted and pid = ";

    /** A program has sessions of its own; nobody else is in a scratch database. */
    private static final String OTHERS =
            " or locktype = 'relation' and granted and pid in (select pid from"
                    + " pg_catalog.pg_stat_activity where datname = pg_catalog.current_database()"
                    + " and usename is not null and pid <> pg_catalog.pg_backend_pid())";

    private final SortedMap<Long, String> tables = new TreeMap<>();
    private final SortedMap<String, String> strongest = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<Thread> sampler = Optional.empty();

    private LockWatch() {}

    /**
     * Begins before the step does.
     *
     * @param backend the process that serves the step's session
     * @param sampled whether the step has no transaction in which to look
     */
    static LockWatch begin(RehearsalDatabase database, int backend, boolean sampled)
            throws SQLException {
        LockWatch watch = new LockWatch();
        watch.list(database);
        if (sampled) {
            Connection second = database.database().connect();
            Thread sampler = new Thread(() -> watch.sample(second, backend), "lock-sampler");
            watch.sampler = Optional.of(sampler);
            sampler.start();
        }
        return watch;
    }

    private void list(RehearsalDatabase database) throws SQLException {
        List<String> own = database.reader().frameworkTables();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                if (!own.contains(rows.getString(3))) {
                    tables.put(rows.getLong(1), rows.getString(2));
                }
            }
        }
    }

    private void sample(Connection second, int backend) {
        try (second) {
            do {
                look(second, backend + OTHERS);
            } while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (SQLException gone) {
            // The step tells of a server that is gone.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once, from another session than the step's. */
    void look(Connection connection, int backend) throws SQLException {
        look(connection, Integer.toString(backend));
    }

    private void look(Connection connection, String whose) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LOCKS + whose)) {
            while (rows.next()) {
                String table = tables.get(rows.getLong(1));
                if (table != null) {
                    strongest.merge(table, rows.getString(2), LockMode::stronger);
                }
            }
        }
    }

    /** The step is over. */
    void end() {
        over.countDown();
    }

    /** What was found, by table; to be asked when the step is over. */
    List<TableLock> locks() {
        try {
            if (sampler.isPresent()) {
                sampler.get().join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        List<TableLock> locks = new ArrayList<>();
        strongest.forEach((table, mode) -> locks.add(new TableLock(table, mode)));
        return locks;
    }
}
