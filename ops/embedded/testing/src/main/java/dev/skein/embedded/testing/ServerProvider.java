package dev.skein.embedded.testing;

/**
 * Where servers for tests come from. What every provider gives is in {@code ServerProviderIT}.
 * Threads: any.
 */
interface ServerProvider {
    /** Starts a PostgreSQL server with empty databases, and returns when it takes connections. */
    TestPostgres startPostgres();

    /** Starts a broker without topics, and returns when it takes requests. */
    TestKafka startKafka();
}
