package dev.skein.ops.scratch;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.PostgresSettings;
import dev.skein.engine.ServerUri;
import dev.skein.engine.TlsMode;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Creates scratch databases, on an embedded PostgreSQL of its own or on a server of the user's.
 *
 * <p>Threads: any. Life cycle: opened, any number of {@link #create}, {@link #close}, which stops
 * the embedded server.
 */
public final class ScratchServer implements AutoCloseable {
    private static final String PREFIX = "skein_scratch_";
    private static final int NAME_BYTES = 6;
    private static final String IS_ENCRYPTED =
            "select ssl from pg_catalog.pg_stat_ssl where pid = pg_catalog.pg_backend_pid()";

    private final ScratchAddress address;
    private final Runnable stop;

    private ScratchServer(ScratchAddress address, Runnable stop) {
        this.address = address;
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
        return new ScratchServer(address, () -> {});
    }

    private static ScratchServer embedded() {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(PostgresSettings.temporary().withoutDurability());
        ServerUri uri =
                new ServerUri(
                        EmbeddedPostgres.SUPERUSER,
                        "127.0.0.1",
                        postgres.port(),
                        EmbeddedPostgres.SUPERUSER,
                        TlsMode.DISABLE,
                        Optional.empty());
        return new ScratchServer(new ScratchAddress(uri, Optional.empty()), postgres::close);
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
        SortedSet<String> roles =
                administer(
                        "create database "
                                + SqlText.identifier(name)
                                + template.map(each -> " template " + SqlText.identifier(each))
                                        .orElse(""));
        return new ScratchDatabase(this, name, roles);
    }

    void drop(String name) {
        administer("drop database if exists " + SqlText.identifier(name) + " with (force)");
    }

    void dropRole(String role) {
        administer("drop role if exists " + SqlText.identifier(role));
    }

    /** The roles that are there before the statement. */
    private SortedSet<String> administer(String sql) {
        try (Connection connection = connect(address.uri().database());
                Statement statement = connection.createStatement()) {
            SortedSet<String> roles = ScratchRoles.on(connection);
            statement.execute(sql);
            return roles;
        } catch (SQLException failure) {
            throw new ScratchFailure(
                    sql + " failed on " + place() + ": " + failure.getMessage(), failure);
        }
    }

    /** The server's version, such as {@code 17.11}. */
    public String version() {
        return answer("show server_version");
    }

    private String answer(String question) {
        try (Connection connection = connect(address.uri().database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new ScratchFailure(
                    place() + " does not answer: " + failure.getMessage(), failure);
        }
    }

    /** A new connection to a database of this server, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + place() + "/" + encoded(database),
                ConnectionProperties.of(address));
    }

    private String place() {
        String host = host().contains(":") ? "[" + host() + "]" : host();
        return host + ":" + port();
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether connections to it are encrypted, where its address leaves that to the server. */
    boolean isEncrypted() {
        return answer(IS_ENCRYPTED).startsWith("t");
    }

    /** Its address, with the role that creates databases there. */
    public ServerUri uri() {
        return address.uri();
    }

    /** Its host name or address. */
    public String host() {
        return address.uri().host();
    }

    /** Its port. */
    public int port() {
        return address.uri().port();
    }

    /** The role that creates databases there. */
    public String user() {
        return address.uri().user();
    }

    /** How connections are protected. */
    public TlsMode tls() {
        return address.uri().tls();
    }

    /** The authorities of its certificate; those that the client knows where absent. */
    public Optional<Path> caFile() {
        return address.uri().caFile();
    }

    /** The password of that role, where it needs one. */
    public Optional<Secret> password() {
        return address.password();
    }

    @Override
    public void close() {
        stop.run();
    }
}
