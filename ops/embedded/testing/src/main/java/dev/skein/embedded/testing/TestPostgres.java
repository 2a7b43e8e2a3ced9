package dev.skein.embedded.testing;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.PostgresAccess;
import dev.skein.embedded.ShutdownMode;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL server for tests, which trades durability for speed, has databases in UTF-8 and the
 * C locale, and asks no role for a password unless {@link #askForPassword} told it to. Threads:
 * any.
 */
public interface TestPostgres extends AutoCloseable {
    String SUPERUSER = EmbeddedPostgres.SUPERUSER;

    /** Where the server is; does not change over the server's life. */
    PostgresAccess access();

    /**
     * Starts the server again after {@link #stop}, on the same port and data, and returns when it
     * takes connections; does nothing if it runs.
     */
    void start();

    /** Stops the server, keeping port and data for {@link #start()}; after 30 s by force. */
    void stop(ShutdownMode mode);

    /** Stops the server and deletes its data. */
    @Override
    void close();

    /** Stops and starts; every connection is cut. */
    default void restart(ShutdownMode mode) {
        stop(mode);
        start();
    }

    default String host() {
        return access().host();
    }

    default int port() {
        return access().port();
    }

    /** The address of a database as the superuser, in the form that libpq and Vert.x take. */
    default String uri(String database) {
        return access().uri(database);
    }

    /** The address of a database as that role, in the form that libpq and Vert.x take. */
    default String uri(String role, String database) {
        return access().uri(role, database);
    }

    /** The address of a database in the form that JDBC takes, without a user and parameters. */
    default String jdbcUrl(String database) {
        return access().jdbcUrl(database);
    }

    /** A new connection as the superuser, which the caller closes. */
    default Connection connect(String database) throws SQLException {
        return access().connect(database);
    }

    /** Runs SQL as the superuser: {@link PostgresAccess#execute}. */
    default void execute(String database, String sql) {
        access().execute(database, sql);
    }

    /** Creates an empty database; the name is taken as it is, capitals and blanks included. */
    default void createDatabase(String name) {
        access().createDatabase(name);
    }

    /**
     * Has the server ask that role for its SCRAM password from now on. The server reloads its rules
     * a moment after this returns.
     */
    default void askForPassword(String role) {
        // By SQL, since a server in a container has its files where the test cannot reach them. Of
        // the rules the first that fits is taken, so the new one comes before those that are there.
        // They are read before COPY, which empties the file before it runs its query.
        execute(
                SUPERUSER,
                """
                do $$ declare
                  file text := current_setting('hba_file');
                  rules text := E'host all "%s" all scram-sha-256\\n' || pg_read_file(file);
                begin
                  execute format(
                    'copy (select line from regexp_split_to_table(%%L, E''\\n'')'
                    ' with ordinality as old(line, n) order by n) to %%L',
                    rules, file);
                end $$;
                select pg_reload_conf()
                """
                        .formatted(role));
    }
}
