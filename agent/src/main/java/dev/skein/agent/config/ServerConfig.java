package dev.skein.agent.config;

import dev.skein.engine.ServerAddress;
import dev.skein.engine.ServerUri;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.settings.Settings;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One database server and how its databases are found.
 *
 * @param name in database ids; distinct within the agent
 * @param uri where it is
 * @param password absent where the server asks for none
 * @param databasesInFlight how many of its databases may be worked on at once, 1 to 1,000
 * @param labels of all its databases
 * @param sources where its databases' names come from, at least one
 */
public record ServerConfig(
        String name,
        ServerUri uri,
        Optional<ServerPassword> password,
        int databasesInFlight,
        SortedMap<String, String> labels,
        List<DatabaseSource> sources) {
    private static final int IN_FLIGHT = 4;
    private static final int IN_FLIGHT_MAX = 1000;

    /**
     * @throws IllegalArgumentException if two sources name one database
     */
    public ServerConfig {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        sources = List.copyOf(sources);
        Set<String> names = new HashSet<>();
        for (DatabaseSource source : sources) {
            if (source instanceof DatabaseSource.Named named && !names.add(named.name())) {
                throw new IllegalArgumentException(
                        "names the database '" + named.name() + "' twice");
            }
        }
    }

    static ServerConfig read(Settings settings) {
        if (settings.sections("databases").isEmpty() && !settings.isBroken("databases")) {
            settings.problem("databases", "needs at least one entry");
        }
        return new ServerConfig(
                settings.value("name", ServerConfig::checkedName),
                settings.value("uri", ServerUri::parse),
                ServerPassword.read(settings),
                settings.number("databases-in-flight", IN_FLIGHT, 1, IN_FLIGHT_MAX),
                settings.labels("labels"),
                settings.sections("databases", DatabaseSource::read));
    }

    private static String checkedName(String text) {
        return DatabaseId.of(text, "any").server();
    }

    /** How the engines reach it. */
    public ServerAddress address() {
        return new ServerAddress(
                name,
                uri.host(),
                uri.port(),
                uri.user(),
                () -> password.map(ServerPassword::current),
                uri.tls(),
                uri.caFile());
    }
}
