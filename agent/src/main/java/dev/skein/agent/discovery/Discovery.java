package dev.skein.agent.discovery;

import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.postgres.Connections;
import dev.skein.engine.postgres.PgServerQueries;
import io.vertx.core.Future;

/**
 * Finds the databases of one server, again and again. Called on one context, never twice at once.
 */
@FunctionalInterface
public interface Discovery {
    /** Looks now. Never fails: what goes wrong is the inventory's problem. */
    Future<Inventory> look();

    /** Asks a PostgreSQL server, by the sources of its configuration. */
    static Discovery onPostgres(ServerConfig server, Connections connections) {
        return new ServerDiscovery(server, new PgServerQueries(server.name(), connections));
    }
}
