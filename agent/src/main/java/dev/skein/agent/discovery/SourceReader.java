package dev.skein.agent.discovery;

import dev.skein.agent.config.DatabaseSource;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.ServerQueries;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one source of one server, given the databases that exist there. */
final class SourceReader implements DatabaseSource.Visitor<Future<SourceResult>> {
    static final String DATABASES =
            "select datname as name, pg_catalog.current_setting('server_version') as version"
                    + " from pg_catalog.pg_database"
                    + " where datallowconn and not datistemplate";

    static final String SCHEMAS = "select nspname as name from pg_catalog.pg_namespace";

    private final ServerConfig server;
    private final ServerQueries queries;
    private final Set<String> existing;

    SourceReader(ServerConfig server, ServerQueries queries, Set<String> existing) {
        this.server = server;
        this.queries = queries;
        this.existing = existing;
    }

    @Override
    public Future<SourceResult> on(DatabaseSource.Named source) {
        Rows rows =
                new Rows(
                        "the configuration",
                        "database",
                        existing,
                        name -> DatabaseId.of(server.name(), name),
                        labels(source));
        return Future.succeededFuture(rows.result(List.of(Map.of("name", source.name()))));
    }

    @Override
    public Future<SourceResult> on(DatabaseSource.Queried source) {
        String what = "query \"" + shortened(source.query()) + "\"";
        Rows rows =
                new Rows(
                        what,
                        "database",
                        existing,
                        name -> DatabaseId.of(server.name(), name),
                        labels(source));
        return queries.select(server.uri().database(), source.query())
                .map(rows::result)
                .otherwise(
                        failure -> SourceResult.unknown(what + " failed: " + failure.getMessage()));
    }

    @Override
    public Future<SourceResult> on(DatabaseSource.Schemas source) {
        String database = source.database();
        if (!existing.contains(database)) {
            return Future.succeededFuture(
                    SourceResult.nothing(
                            "the configuration names the database '%s', which is not there"
                                    .formatted(database)));
        }
        String what = "query \"%s\" in %s".formatted(shortened(source.query()), database);
        return queries.selectPastTenants(database, SCHEMAS)
                .compose(schemas -> schemas(source, what, names(schemas)))
                .otherwise(
                        failure -> SourceResult.unknown(what + " failed: " + failure.getMessage()));
    }

    private Future<SourceResult> schemas(
            DatabaseSource.Schemas source, String what, Set<String> schemas) {
        Rows rows =
                new Rows(
                        what,
                        "schema",
                        schemas,
                        name -> DatabaseId.of(server.name(), source.database(), name),
                        labels(source));
        return queries.selectPastTenants(source.database(), source.query()).map(rows::result);
    }

    static Set<String> names(List<Map<String, String>> rows) {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.add(row.get("name")));
        return names;
    }

    /** A source's labels win over those of its server. */
    private SortedMap<String, String> labels(DatabaseSource source) {
        SortedMap<String, String> labels = new TreeMap<>(server.labels());
        labels.putAll(source.labels());
        return labels;
    }

    private static String shortened(String query) {
        String line = query.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 59) + "…";
    }
}
