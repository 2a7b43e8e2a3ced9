package dev.skein.ops.scratch;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.PostgresSettings;
import dev.skein.protocol.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * Creates scratch databases, on an embedded PostgreSQL of its own or on a server of the user's.
 *
 * <p>Threads: any. Life cycle: opened, any number of {@link #create}, {@link #close}, which stops
 * the embedded server.
 */
public final class ScratchServer implements AutoCloseable {
    private static final String PREFIX = "skein_scratch_";
    private static final int NAME_BYTES = 6;

    private final String host;
    private final int port;
    private final String user;
    private final Optional<Secret> password;
    private final String maintenance;
    private final Runnable stop;

    private ScratchServer(
            String host,
            int port,
            String user,
            Optional<Secret> password,
            String maintenance,
            Runnable stop) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.maintenance = maintenance;
        this.stop = stop;
    }

    /**
     * The server at the address, or an embedded one where none is given.
     *
     * @throws dev.skein.embedded.EmbeddedFailure if the embedded one does not start
     */
    public static ScratchServer open(Optional<ScratchAddress> address) {
        return address.map(ScratchServer::at).orElseGet(ScratchServer::embedded);
    }

    private static ScratchServer at(ScratchAddress address) {
        return new ScratchServer(
                address.uri().host(),
                address.uri().port(),
                address.uri().user(),
                address.password(),
                address.uri().database(),
                () -> {});
    }

    private static ScratchServer embedded() {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(PostgresSettings.temporary().withoutDurability());
        return new ScratchServer(
                "127.0.0.1",
                postgres.port(),
                EmbeddedPostgres.SUPERUSER,
                Optional.empty(),
                EmbeddedPostgres.SUPERUSER,
                postgres::close);
    }

    /** An empty database. */
    public ScratchDatabase create() {
        return create(Optional.empty());
    }

    /**
     * A copy of the template, to which nobody may be connected; an empty database where there is
     * none.
     *
     * @throws ScratchFailure if the server refuses it
     */
    public ScratchDatabase create(Optional<String> template) {
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        String name = PREFIX + HexFormat.of().formatHex(random);
        administer(
                "create database "
                        + quoted(name)
                        + template.map(each -> " template " + quoted(each)).orElse(""));
        return new ScratchDatabase(this, name);
    }

    void drop(String name) {
        administer("drop database if exists " + quoted(name) + " with (force)");
    }

    private void administer(String sql) {
        try (Connection connection = connect(maintenance);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new ScratchFailure(
                    sql + " failed on " + host + ":" + port + ": " + failure.getMessage(), failure);
        }
    }

    /** The server's version, such as {@code 17.11}. */
    public String version() {
        try (Connection connection = connect(maintenance);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_version")) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new ScratchFailure(
                    host + ":" + port + " does not answer: " + failure.getMessage(), failure);
        }
    }

    /** A new connection to a database of this server, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        // Only in this mode does a text of several statements reach the server as it is.
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database), properties);
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String user() {
        return user;
    }

    Optional<Secret> password() {
        return password;
    }

    @Override
    public void close() {
        stop.run();
    }
}
