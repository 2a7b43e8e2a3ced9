package dev.skein.ops.tools;

import dev.skein.embedded.testing.TestServers;

/** Addresses of databases on the tests' server, in the form that all these commands take. */
public final class DatabaseUrl {
    private DatabaseUrl() {}

    /** The superuser's way to a database whose name needs no escapes. */
    public static String of(String database) {
        return TestServers.postgres().uri(database);
    }
}
