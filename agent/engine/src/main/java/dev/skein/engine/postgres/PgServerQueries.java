package dev.skein.engine.postgres;

import dev.skein.engine.ServerQueries;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the databases of a PostgreSQL server, each query on a connection of its own.
 *
 * <p>A session is read-only, as {@link Connections} opens it, and bounded in time: a query of the
 * configuration can neither change a database nor hold one up.
 */
final class PgServerQueries implements ServerQueries {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);
    private static final StepLimits LIMITS =
            new StepLimits(LOCK_TIMEOUT, Optional.of(STATEMENT_TIMEOUT), Duration.ZERO, 1);

    /** Whoever may create operators in the database chooses none of the query's. */
    private static final String OWN_PATH = "set search_path = pg_catalog, pg_temp";

    private static final String NO_TABLE = "42P01";

    private final String server;
    private final Connections connections;

    /** Queries to the server of that name. */
    PgServerQueries(String server, Connections connections) {
        this.server = server;
        this.connections = connections;
    }

    @Override
    public Future<List<Map<String, String>>> select(String database, String query) {
        return select(database, Optional.empty(), query);
    }

    @Override
    public Future<List<Map<String, String>>> selectPastTenants(String database, String query) {
        return select(database, Optional.of(OWN_PATH), query);
    }

    private Future<List<Map<String, String>>> select(
            String database, Optional<String> path, String query) {
        return connections
                .open(DatabaseId.of(server, database), "skein/discovery", LIMITS)
                .compose(connection -> selected(connection, path, query))
                .recover(failure -> Future.failedFuture(explained(failure, path.isPresent())));
    }

    private static Future<List<Map<String, String>>> selected(
            PgConnection connection, Optional<String> path, String query) {
        Future<Void> ready =
                path.map(set -> connection.query(set).execute().<Void>mapEmpty())
                        .orElseGet(Future::succeededFuture);
        return ready.compose(set -> connection.query(query).execute())
                .map(PgServerQueries::rows)
                .eventually(() -> closed(connection));
    }

    /** The rows count even if the close fails. */
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

    private static Exception explained(Throwable cause, boolean pastTenants) {
        SqlFailure failure = SqlFailures.of(cause);
        String code = failure.sqlState().map(state -> " (SQLSTATE " + state + ")").orElse("");
        String hint =
                pastTenants && failure.sqlState().filter(NO_TABLE::equals).isPresent()
                        ? "; name it with its schema: the query runs with search_path = pg_catalog"
                        : "";
        return new IllegalStateException(failure.message() + code + hint, cause);
    }
}
