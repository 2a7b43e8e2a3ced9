package dev.skein.agent.discovery;

import dev.skein.agent.config.DatabaseSource;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.ServerQueries;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.text.ShortList;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The databases of one server, put together from all its sources.
 *
 * <p>A source that cannot be asked keeps what it gave before. A database that several sources give
 * is one database: labels that one source gives and another does not are put together, and where
 * they differ the source that comes first in the configuration wins.
 */
final class ServerDiscovery implements Discovery {
    private static final int PROBLEMS_MAX = 10;

    private final ServerConfig server;
    private final ServerQueries queries;
    private final List<List<AnnouncedDatabase>> known = new ArrayList<>();
    private Optional<String> version = Optional.empty();

    /** Sources that the last look could not ask. */
    private final Set<Integer> unasked = new TreeSet<>();

    ServerDiscovery(ServerConfig server, ServerQueries queries) {
        this.server = server;
        this.queries = queries;
        server.sources().forEach(source -> known.add(List.of()));
    }

    @Override
    public Future<Inventory> look() {
        return queries.select(server.uri().database(), SourceReader.DATABASES)
                .onSuccess(this::keepVersion)
                .map(rows -> new SourceReader(server, queries, SourceReader.names(rows)))
                .compose(reader -> lookFrom(0, reader, new TreeSet<>()))
                .otherwise(failure -> inventory(Set.of(unreachable(failure)), false));
    }

    private void keepVersion(List<Map<String, String>> rows) {
        version =
                rows.stream()
                        .map(row -> Optional.ofNullable(row.get("version")))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .or(() -> version);
    }

    /** One source after the other, so that a server sees one connection at a time. */
    private Future<Inventory> lookFrom(int first, SourceReader reader, Set<String> problems) {
        List<DatabaseSource> sources = server.sources();
        for (int index = first; index < sources.size(); index++) {
            int current = index;
            Future<SourceResult> reading = sources.get(current).accept(reader);
            if (!reading.isComplete()) {
                return reading.compose(
                        found -> {
                            keep(current, found, problems);
                            return lookFrom(current + 1, reader, problems);
                        });
            }
            keep(current, reading.result(), problems);
        }
        return Future.succeededFuture(inventory(problems, unasked.isEmpty()));
    }

    private void keep(int source, SourceResult result, Set<String> problems) {
        result.databases()
                .ifPresentOrElse(databases -> asked(source, databases), () -> unasked.add(source));
        problems.addAll(result.problems());
    }

    private void asked(int source, List<AnnouncedDatabase> databases) {
        known.set(source, databases);
        unasked.remove(source);
    }

    private Inventory inventory(Set<String> problems, boolean complete) {
        SortedMap<DatabaseId, SortedMap<String, String>> merged = new TreeMap<>();
        for (List<AnnouncedDatabase> databases : known) {
            for (AnnouncedDatabase each : databases) {
                Map<String, String> labels =
                        merged.computeIfAbsent(each.database(), id -> new TreeMap<>());
                each.labels().forEach(labels::putIfAbsent);
            }
        }
        List<AnnouncedDatabase> databases = new ArrayList<>();
        merged.forEach((id, labels) -> databases.add(new AnnouncedDatabase(id, labels)));
        return new Inventory(databases, text(problems), complete, version);
    }

    private static Optional<String> text(Set<String> problems) {
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        String shown = problems.stream().limit(PROBLEMS_MAX).collect(Collectors.joining("; "));
        String rest = ShortList.rest(problems.size(), PROBLEMS_MAX);
        return Optional.of(rest.isEmpty() ? shown : shown + "; " + rest);
    }

    private String unreachable(Throwable failure) {
        return "server %s at %s cannot be asked: %s"
                .formatted(server.name(), server.uri(), failure.getMessage());
    }
}
