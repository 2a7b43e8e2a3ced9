package dev.skein.agent.discovery;

import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.Engine;
import io.vertx.core.Future;

/**
 * Finds the databases of one server, again and again. Called on one context, never twice at once.
 */
@FunctionalInterface
public interface Discovery {
    /** Looks now. Never fails: what goes wrong is the inventory's problem. */
    Future<Inventory> look();

    /** By the sources of the server's configuration. */
    static Discovery of(ServerConfig server, Engine engine) {
        return new ServerDiscovery(server, engine.queries(server.name()));
    }
}
