package dev.skein.engine;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Asks the databases of one server; reads only. */
@FunctionalInterface
public interface ServerQueries {
    /**
     * Runs one query in one database.
     *
     * @return the rows, each with its columns in order, nulls left out. Fails with a message for a
     *     person that says what the server answered
     */
    Future<List<Map<String, String>>> select(String database, String query);

    /**
     * The same in a database in which tenants may create what they like: whatever the query does
     * not name in full is the server's own.
     */
    default Future<List<Map<String, String>>> selectPastTenants(String database, String query) {
        return select(database, query);
    }
}
