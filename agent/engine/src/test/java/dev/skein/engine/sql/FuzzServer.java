package dev.skein.engine.sql;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A database to which scripts are sent as agents send them: each as one simple query. */
final class FuzzServer implements AutoCloseable {
    private static final String SET_UP =
            """
            drop schema if exists fuzz cascade;
            create schema fuzz;
            create table fuzz.fx (n int);
            create table fuzz.other (a int);
            create procedure fuzz.committing(k int) language plpgsql as $$
              begin insert into fuzz.fx values (k); commit; end $$;
            create procedure fuzz.failing(k int) language plpgsql as $$
              begin insert into fuzz.fx values (k); commit; perform 1 / 0; end $$;
            """;

    private static final String ROWS =
            """
            select coalesce((select string_agg(n::text, ' ' order by n) from fuzz.fx), '')
              || coalesce((select string_agg(' ' || relname, '' order by relname) from pg_class
                where relnamespace = 'fuzz'::regnamespace and relname like 'a\\_%'), '')
            """;

    private static final String DEFINITIONS =
            """
            select coalesce((select string_agg(relname || ' ' || relnatts || ' '
                || coalesce(obj_description(oid), ''), '; ' order by relname)
              from pg_class where relnamespace = 'fuzz'::regnamespace
                and relname not like 'a\\_%'), '')
              || coalesce((select string_agg(proname, ' ' order by proname)
                from pg_proc where pronamespace = 'fuzz'::regnamespace), '')
              || coalesce((select string_agg(rulename, ' ' order by rulename) from pg_rewrite
                where ev_class = 'fuzz.other'::regclass), '')
            """;

    /**
     * What a script did.
     *
     * @param results how many statements were answered, if all were
     * @param error the SQLSTATE otherwise
     * @param message of the error, or empty
     */
    record Outcome(
            int results,
            Optional<String> error,
            String message,
            boolean rowsStayed,
            boolean definitionsStayed) {}

    private final Vertx vertx = Vertx.vertx();
    private final PgConnection connection;

    FuzzServer() {
        TestPostgres server = TestServers.postgres();
        String database = TestServers.freshDatabase("fuzz");
        PgConnectOptions options =
                new PgConnectOptions()
                        .setHost("localhost")
                        .setPort(server.port())
                        .setUser(TestPostgres.SUPERUSER)
                        .setDatabase(database)
                        .addProperty("client_min_messages", "error");
        connection = await(PgConnection.connect(vertx, options));
    }

    Outcome run(String script) {
        await(connection.query(SET_UP).execute());
        String rows = value(ROWS);
        String definitions = value(DEFINITIONS);
        int results = 0;
        Optional<String> error = Optional.empty();
        String message = "";
        try {
            RowSet<Row> result = await(connection.query(script).execute());
            while (result != null) {
                results++;
                result = result.next();
            }
        } catch (PgException refused) {
            error = Optional.of(refused.getSqlState());
            message = refused.getErrorMessage();
        }
        await(connection.query("rollback").execute());
        await(connection.query("discard all").execute());
        return new Outcome(
                results,
                error,
                message,
                !rows.equals(value(ROWS)),
                !definitions.equals(value(DEFINITIONS)));
    }

    private String value(String query) {
        return await(connection.query(query).execute()).iterator().next().getString(0);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PgException refused) {
                throw refused;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    @Override
    public void close() {
        await(connection.close());
        await(vertx.close());
    }
}
