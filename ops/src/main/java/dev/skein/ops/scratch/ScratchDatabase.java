package dev.skein.ops.scratch;

import dev.skein.protocol.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** One scratch database, dropped on {@link #close} with whoever is connected to it. */
public final class ScratchDatabase implements AutoCloseable {
    private final ScratchServer server;
    private final String name;

    ScratchDatabase(ScratchServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A new connection, which the caller closes; texts of several statements go as they are. */
    public Connection connect() throws SQLException {
        return server.connect(name);
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

    @Override
    public void close() {
        server.drop(name);
    }
}
