package dev.skein.ops.sim;

import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.id.DatabaseId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All databases there are. */
final class SimServers {
    private final SortedMap<DatabaseId, SimDatabase> databases = new TreeMap<>();
    private final Set<DatabaseId> hidden = new TreeSet<>();

    void add(SimDatabase database) {
        databases.put(database.id(), database);
    }

    SimDatabase database(DatabaseId id) {
        return databases.get(id);
    }

    /** No agent finds it any more, until it is shown again. */
    void hide(DatabaseId id) {
        hidden.add(id);
    }

    void show(DatabaseId id) {
        hidden.remove(id);
    }

    Collection<SimDatabase> all() {
        return databases.values();
    }

    List<DatabaseId> databasesOf(List<String> servers) {
        return databases.keySet().stream()
                .filter(id -> servers.contains(id.server()) && !hidden.contains(id))
                .toList();
    }

    List<AnnouncedDatabase> announced(String server) {
        return databasesOf(List.of(server)).stream()
                .map(id -> new AnnouncedDatabase(id, database(id).labels()))
                .toList();
    }
}
