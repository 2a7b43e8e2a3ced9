package dev.skein.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server as a child of this process, reachable on 127.0.0.1 only, without passwords:
 * every user of this machine may connect as {@link #SUPERUSER}.
 *
 * <p>Threads: any; starts and stops are serialised. Life cycle: {@link #start(PostgresSettings)},
 * then any number of {@link #stop} and {@link #start()} on the same port and data, then {@link
 * #close}. What the server prints goes to {@code postgresql.log} in its directory. A server that
 * outlived its killed parent is stopped by the next start on the same directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    public static final String SUPERUSER = "postgres";

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "PostgreSQL";

    private final ServerDirectory directory;
    private final int port;
    private final Postmaster postmaster;

    private EmbeddedPostgres(ServerDirectory directory, int port, Postmaster postmaster) {
        this.directory = directory;
        this.port = port;
        this.postmaster = postmaster;
    }

    /**
     * Starts a server, with fresh databases where the directory has none, and returns when it takes
     * connections.
     *
     * @throws EmbeddedFailure if the port is taken, the directory is in use or cannot be written,
     *     or PostgreSQL refuses its data or settings
     */
    public static EmbeddedPostgres start(PostgresSettings settings) {
        ServerDirectory directory = ServerDirectory.open(settings.dataDir(), NAME);
        try {
            int port = Ports.choose(settings.port(), NAME);
            Postmaster postmaster = prepare(directory.path(), port, settings);
            EmbeddedPostgres postgres = new EmbeddedPostgres(directory, port, postmaster);
            postgres.start();
            return postgres;
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    private static Postmaster prepare(Path home, int port, PostgresSettings settings) {
        Ports.requireFree(port, NAME);
        PostgresPrograms programs =
                new PostgresPrograms(
                        programs(home, settings),
                        ServerUser.of(home),
                        home.resolve("postgresql.log"));
        Postmaster postmaster =
                new Postmaster(programs, home.resolve("data"), port, settings.serverSettings());
        postmaster.initialise();
        return postmaster;
    }

    private static Path programs(Path home, PostgresSettings settings) {
        return settings.installed()
                .orElseGet(
                        () ->
                                PostgresBinaries.unpackBelow(
                                                settings.binariesDir()
                                                        .orElse(home)
                                                        .toAbsolutePath())
                                        .resolve("bin"));
    }

    /** Starts the server again after {@link #stop}; does nothing if it runs. */
    public synchronized void start() {
        postmaster.start();
        LOGGER.atDebug().addKeyValue("port", port).log("Embedded PostgreSQL started");
    }

    public int port() {
        return port;
    }

    /** Where the data, the log file and the lock are. */
    public Path directory() {
        return directory.path();
    }

    /** Where the server is, for the superuser; does not change over the server's life. */
    public PostgresAccess access() {
        return new PostgresAccess(Ports.LOOPBACK, port);
    }

    /** The address of a database as the superuser, in the form that libpq and Vert.x take. */
    public String uri(String database) {
        return access().uri(database);
    }

    /** A new connection as the superuser, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        return access().connect(database);
    }

    /**
     * Runs SQL as the superuser; several statements, separated by semicolons, take effect together
     * or not at all.
     *
     * @throws EmbeddedFailure with the server's message if a statement fails
     */
    public void execute(String database, String sql) {
        access().execute(database, sql);
    }

    /** Creates an empty database; the name is taken as it is, capitals and blanks included. */
    public void createDatabase(String name) {
        access().createDatabase(name);
    }

    /** Stops the server, keeping port and data for {@link #start()}; after 30 s by force. */
    public synchronized void stop(ShutdownMode mode) {
        postmaster.stop(mode);
    }

    /** Stops and starts; every connection is cut. */
    public synchronized void restart(ShutdownMode mode) {
        stop(mode);
        start();
    }

    /** Stops the server and gives its directory free; a temporary one is deleted. */
    @Override
    public synchronized void close() {
        try {
            stop(directory.temporary() ? ShutdownMode.IMMEDIATE : ShutdownMode.FAST);
        } finally {
            directory.close();
        }
    }
}
