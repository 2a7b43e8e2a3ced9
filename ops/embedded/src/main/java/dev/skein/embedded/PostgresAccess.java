package dev.skein.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server by its address, which lets its superuser {@link EmbeddedPostgres#SUPERUSER}
 * in without a password. Threads: any.
 *
 * @param host a name or an IPv4 address
 * @param port 1 to 65535
 */
public record PostgresAccess(String host, int port) {
    private static final String SUPERUSER = EmbeddedPostgres.SUPERUSER;
    private static final int SQL_SHOWN_MAX = 200;

    /** The address of a database as the superuser, in the form that libpq and Vert.x take. */
    public String uri(String database) {
        return uri(SUPERUSER, database);
    }

    /** The address of a database as that role, in the form that libpq and Vert.x take. */
    public String uri(String role, String database) {
        return "postgresql://%s@%s:%d/%s".formatted(role, host, port, encoded(database));
    }

    /** The address of a database in the form that JDBC takes, without a user and parameters. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, encoded(database));
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A new connection as the superuser, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database) + "?user=" + SUPERUSER);
    }

    /**
     * Runs SQL as the superuser; several statements, separated by semicolons, take effect together
     * or not at all.
     *
     * @throws EmbeddedFailure with the server's message if a statement fails
     */
    public void execute(String database, String sql) {
        // Only in this mode does a long script reach the server as one message, thus one
        // transaction.
        String url = jdbcUrl(database) + "?user=" + SUPERUSER + "&preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            String shown = sql.length() <= SQL_SHOWN_MAX ? sql : sql.substring(0, SQL_SHOWN_MAX);
            throw new EmbeddedFailure(
                    "SQL on %s failed: %s. It was: %s"
                            .formatted(uri(database), e.getMessage(), shown),
                    e);
        }
    }

    /** Creates an empty database; the name is taken as it is, capitals and blanks included. */
    public void createDatabase(String name) {
        execute(SUPERUSER, "create database \"%s\"".formatted(name.replace("\"", "\"\"")));
    }
}
