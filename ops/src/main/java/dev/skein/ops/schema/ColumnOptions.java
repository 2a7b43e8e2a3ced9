package dev.skein.ops.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/**
 * Hides options of columns that PostgreSQL itself does not know. A distribution's server may keep
 * counters of its own there, which change by themselves and which no statement can set.
 */
final class ColumnOptions {
    /** As the library asks for the options of all columns of a table. */
    private static final String ALL = "pg_catalog.array_to_string(a.attoptions, ',')";

    private static final String KNOWN =
            "(select pg_catalog.string_agg(o, ',') from pg_catalog.unnest(a.attoptions) o"
                    + " where pg_catalog.split_part(o, '=', 1)"
                    + " in ('n_distinct', 'n_distinct_inherited'))";

    private ColumnOptions() {}

    /** The connection, on which the library's query for options finds the known ones alone. */
    static Connection knownOnly(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        ColumnOptions.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (self, method, arguments) -> call(connection, method, arguments));
    }

    private static Object call(Connection connection, Method method, Object[] arguments)
            throws Throwable {
        if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
            arguments[0] = sql.replace(ALL, KNOWN);
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
