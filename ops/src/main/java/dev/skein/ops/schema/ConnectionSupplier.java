package dev.skein.ops.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the one database whose schema is read. */
@FunctionalInterface
public interface ConnectionSupplier {
    /** A new connection, which the caller closes. */
    Connection open() throws SQLException;
}
