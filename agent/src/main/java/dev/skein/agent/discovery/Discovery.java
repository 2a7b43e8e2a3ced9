package dev.skein.agent.discovery;

import io.vertx.core.Future;

/**
 * Finds the databases of one server, again and again. Called on one context, never twice at once.
 */
@FunctionalInterface
public interface Discovery {
    /** Looks now. Never fails: what goes wrong is the inventory's problem. */
    Future<Inventory> look();
}
