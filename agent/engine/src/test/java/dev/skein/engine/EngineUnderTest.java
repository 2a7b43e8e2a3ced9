package dev.skein.engine;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Framework;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a kind of engine gives so that {@link EngineContract} can be run against it: engines over a
 * real server, a way to that server from outside, and its dialect.
 *
 * <p>The SQL that the contract writes itself is of the standard; all else comes from here.
 */
public interface EngineUnderTest extends AutoCloseable {
    /** Creates an empty database on the server. */
    DatabaseId freshDatabase();

    /** The port of the server, on this host. */
    int port();

    /**
     * An engine as a process that has just started has it, which knows nothing of others.
     *
     * @param port where it finds the server, such as a proxy's
     * @param patience how long a database may be out of reach
     */
    Engine engine(int port, Duration patience);

    /** How the client and the server of this engine talk. */
    WireProtocol wireProtocol();

    /** Runs statements from outside. */
    void execute(DatabaseId database, String sql);

    /** The only value of the only row, as text; absent if it is null. */
    Optional<String> value(DatabaseId database, String query);

    /** What a reader of schemas finds, in a session of its own. */
    Fingerprint fingerprint(DatabaseId database, SchemaReader reader);

    /** Does something while a lock keeps everybody else from changing the table. */
    void whileLocked(DatabaseId database, String table, Runnable work);

    /** Waits until a session of the engine waits for a lock in that database. */
    void awaitBlocked(DatabaseId database);

    /** Cuts the sessions of the engine's executions in that database, whatever they do. */
    void killSessions(DatabaseId database);

    /** The sequences in the database's ledger, in the order in which they were written. */
    List<Long> ledgerSequences(DatabaseId database);

    /**
     * What the framework's version table calls applied: the versions in order, a blank between
     * them, and anything else that is in the table in words that no version has; empty if there is
     * nothing. Absent for a framework without a table.
     */
    Optional<String> versions(DatabaseId database, Framework framework);

    /** One way or several of each step type that the dialect has. */
    List<StepSample> samples();

    @Override
    void close();
}
