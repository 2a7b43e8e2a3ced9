package dev.skein.ops.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the one database whose schema is read. */
@FunctionalInterface
public interface Connecting {
    /** A new connection, which whoever asked for it closes. */
    Connection open() throws SQLException;
}
