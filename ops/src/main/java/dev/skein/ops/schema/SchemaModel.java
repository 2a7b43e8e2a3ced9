package dev.skein.ops.schema;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Set;
import org.pgcodekeeper.core.database.base.jdbc.IJdbcConnector;
import org.pgcodekeeper.core.ignorelist.IgnoreSchemaList;
import org.pgcodekeeper.core.ignorelist.IgnoredObject;
import org.pgcodekeeper.core.loader.pg.JdbcPgLoader;
import org.pgcodekeeper.core.monitor.NullMonitor;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.settings.CoreSettings;

/**
 * All that the schemas of one database hold, at one moment; Skein's own schema is left out.
 *
 * <p>Threads: any. Reading takes about as long as the database has tables: some milliseconds each.
 */
public final class SchemaModel {
    private static final String OWN_SCHEMA = "skein";
    private static final String TIME_ZONE = "UTC";

    /** The oldest major version whose catalogue the library reads. */
    private static final int SERVER_VERSION_MIN = 14;

    private final AbstractDatabase database;

    private SchemaModel(AbstractDatabase database) {
        this.database = database;
    }

    /**
     * Reads the schema of a database.
     *
     * @param name what messages call it
     * @throws SchemaFailure if it cannot be read
     */
    public static SchemaModel read(String name, ConnectionSupplier database) {
        refuseOldServer(name, database);
        try {
            return new SchemaModel(
                    new JdbcPgLoader(
                                    new Connector(database),
                                    TIME_ZONE,
                                    settings(),
                                    new NullMonitor(),
                                    hidden())
                            .loadAndAnalyze());
        } catch (IOException unreadable) {
            throw new SchemaFailure(
                    "the schema of " + name + " cannot be read: " + reason(unreadable), unreadable);
        } catch (RuntimeException unknown) {
            // Whatever the library makes of an object that it does not know.
            throw new SchemaFailure(
                    "the schema of " + name + " cannot be read: " + reason(unknown), unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SchemaFailure("interrupted while reading " + name, interrupted);
        }
    }

    private static void refuseOldServer(String name, ConnectionSupplier database) {
        try (Connection connection = database.open()) {
            DatabaseMetaData server = connection.getMetaData();
            if (server.getDatabaseMajorVersion() < SERVER_VERSION_MIN) {
                throw new SchemaFailure(
                        ("the schema of %s cannot be read: it is on PostgreSQL %s, and schemas are"
                                        + " compared from PostgreSQL %d on; take a later server for"
                                        + " this, agents do not need it")
                                .formatted(
                                        name,
                                        server.getDatabaseProductVersion(),
                                        SERVER_VERSION_MIN),
                        null);
            }
        } catch (SQLException unreachable) {
            throw new SchemaFailure(
                    "the schema of " + name + " cannot be read: " + reason(unreachable),
                    unreachable);
        }
    }

    /** The deepest cause is the one that says what the server answered. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    static CoreSettings settings() {
        CoreSettings settings = new CoreSettings();
        settings.setIgnoreColumnOrder(true);
        settings.setPrintUsing(true);
        return settings;
    }

    private static IgnoreSchemaList hidden() {
        IgnoreSchemaList hidden = new IgnoreSchemaList();
        IgnoredObject own = new IgnoredObject(OWN_SCHEMA, false, false, false, Set.of());
        own.setShow(false);
        own.setIgnoreContent(true);
        hidden.add(own);
        return hidden;
    }

    AbstractDatabase database() {
        return database;
    }

    private record Connector(ConnectionSupplier database) implements IJdbcConnector {
        @Override
        public Connection getConnection() throws IOException {
            try {
                return ColumnOptions.knownOnly(database.open());
            } catch (SQLException unreachable) {
                throw new IOException(unreachable.getMessage(), unreachable);
            }
        }

        @Override
        public String getBatchDelimiter() {
            return null;
        }

        @Override
        public String getUrl() {
            return "jdbc:postgresql:";
        }
    }
}
