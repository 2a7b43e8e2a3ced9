package dev.skein.ops.scratch;

import dev.skein.engine.TlsMode;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.settings.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One scratch database, dropped on {@link #close} with all connections to it, and with the roles
 * that were made there.
 */
public final class ScratchDatabase implements AutoCloseable {
    private final ScratchServer server;
    private final String name;
    private final ScratchRoles roles;

    ScratchDatabase(ScratchServer server, String name, SortedSet<String> roles) {
        this.server = server;
        this.name = name;
        this.roles = new ScratchRoles(roles);
    }

    /** A new connection, which the caller closes; texts of several statements go as they are. */
    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    /**
     * Must be given every SQL text that ran here, so that the roles that it created can be dropped.
     */
    public void ran(String sql, Connection connection) throws SQLException {
        if (ScratchRoles.maybeCreatedBy(sql)) {
            roles.note(sql, ScratchRoles.on(connection));
        }
    }

    /** The same for what another program sent, on a connection of its own where one is needed. */
    public void ran(String sql) {
        if (ScratchRoles.maybeCreatedBy(sql)) {
            try (Connection connection = connect()) {
                ran(sql, connection);
            } catch (SQLException failure) {
                throw new ScratchFailure(
                        "the roles of " + name + " cannot be listed: " + failure.getMessage(),
                        failure);
            }
        }
    }

    /** The roles that were made here and are still there. */
    public List<String> madeRoles(Connection connection) throws SQLException {
        return roles.isEmpty() ? List.of() : roles.left(ScratchRoles.on(connection));
    }

    /** Drops roles that were made here; what they own goes to the role of the connection. */
    public void dropRoles(Connection connection, List<String> made) throws SQLException {
        ScratchRoles.drop(connection, made);
    }

    /** Name of the database. */
    public String name() {
        return name;
    }

    /** Host name or address of its server. */
    public String host() {
        return server.host();
    }

    /** Port of its server. */
    public int port() {
        return server.port();
    }

    /** The role that owns it. */
    public String user() {
        return server.user();
    }

    /** That role's password, where it needs one. */
    public Optional<Secret> password() {
        return server.password();
    }

    /** How connections to its server are protected. */
    public TlsMode tls() {
        return server.tls();
    }

    /** The authorities of its server's certificate; those that the client knows where absent. */
    public Optional<Path> caFile() {
        return server.caFile();
    }

    /**
     * Whether connections are encrypted that prefer to be.
     *
     * @throws ScratchFailure if the server does not answer
     */
    public boolean isEncrypted() {
        return server.isEncrypted();
    }

    /**
     * @throws ScratchFailure if the server does not drop it, or one of the roles
     */
    @Override
    public void close() {
        List<String> made = roles.isEmpty() ? List.of() : forget();
        server.drop(name);
        made.forEach(server::dropRole);
    }

    /** What roles were granted on the server itself goes only with a statement in a database. */
    private List<String> forget() {
        try (Connection connection = connect()) {
            List<String> made = madeRoles(connection);
            for (String role : made) {
                dropOwned(connection, role);
            }
            return made;
        } catch (SQLException gone) {
            return List.of();
        }
    }

    private static void dropOwned(Connection connection, String role) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop owned by " + SqlText.identifier(role) + " cascade");
        } catch (SQLException refused) {
            // Who may not do this here may still drop the role, once the database is gone.
        }
    }
}
