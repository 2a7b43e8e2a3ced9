package dev.skein.agent.discovery;

import dev.skein.agent.config.DatabaseSource;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.ServerUri;
import dev.skein.protocol.event.AnnouncedDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Servers and sources for tests. */
final class Servers {
    private Servers() {}

    /** A server {@code pg-1} in {@code region=eu}. */
    static ServerConfig server(String uri, DatabaseSource... sources) {
        return new ServerConfig(
                "pg-1",
                ServerUri.parse(uri),
                Optional.empty(),
                4,
                labels("region", "eu"),
                List.of(sources));
    }

    static DatabaseSource named(String name, String... labels) {
        return new DatabaseSource.Named(name, labels(labels));
    }

    static DatabaseSource queried(String query, String... labels) {
        return new DatabaseSource.Queried(query, labels(labels));
    }

    static DatabaseSource schemas(String database, String query, String... labels) {
        return new DatabaseSource.Schemas(database, query, labels(labels));
    }

    static SortedMap<String, String> labels(String... namesAndValues) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            labels.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return labels;
    }

    /** The inventory's databases with their labels, as text, for comparison. */
    static List<String> found(Inventory inventory) {
        return inventory.databases().stream().map(Servers::shown).toList();
    }

    static Map<String, String> row(String... columns) {
        return labels(columns);
    }

    private static String shown(AnnouncedDatabase each) {
        return each.database() + " " + each.labels();
    }
}
