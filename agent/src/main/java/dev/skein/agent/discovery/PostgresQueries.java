package dev.skein.agent.discovery;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks the databases of a PostgreSQL server, each query on a connection of its own.
 *
 * <p>The session is read-only and bounded in time: a query of the configuration can neither change
 * a database nor hold one up.
 */
final class PostgresQueries implements ServerQueries {
    private static final String SESSION =
            "set application_name = 'skein/discovery';"
                    + " set default_transaction_read_only = on;"
                    + " set lock_timeout = '2s';"
                    + " set statement_timeout = '20s'";

    private final Function<String, Future<PgConnection>> connect;

    /**
     * @param connect opens a connection to a database of that name
     */
    PostgresQueries(Function<String, Future<PgConnection>> connect) {
        this.connect = connect;
    }

    @Override
    public Future<List<Map<String, String>>> select(String database, String query) {
        return connect.apply(database)
                .compose(connection -> selected(connection, query))
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    private static Future<List<Map<String, String>>> selected(
            PgConnection connection, String query) {
        return connection
                .query(SESSION)
                .execute()
                .compose(set -> connection.query(query).execute())
                .map(PostgresQueries::rows)
                .eventually(() -> closed(connection));
    }

    /** The rows count even if saying good-bye fails. */
    private static Future<Void> closed(SqlClient connection) {
        return connection.close().otherwiseEmpty();
    }

    private static List<Map<String, String>> rows(RowSet<Row> result) {
        List<Map<String, String>> rows = new ArrayList<>(result.size());
        for (Row row : result) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int column = 0; column < row.size(); column++) {
                Object value = row.getValue(column);
                if (value != null) {
                    values.put(row.getColumnName(column), value.toString());
                }
            }
            rows.add(values);
        }
        return rows;
    }

    private static Exception explained(Throwable failure) {
        String message =
                failure instanceof PgException refused
                        ? "%s (SQLSTATE %s)"
                                .formatted(refused.getErrorMessage(), refused.getSqlState())
                        : String.valueOf(failure.getMessage());
        return new IllegalStateException(message, failure);
    }
}
